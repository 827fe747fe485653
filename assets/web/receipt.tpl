<section class="panel narrow">
<h1>[[receipt.title]]</h1>
{{#VERDICT}}
<div class="{{KIND}}" role="status">
<h2>{{TITLE}}</h2>
<p>{{WORDS}}</p>
{{#FACTS}}
<p>[[receipt.number]]: {{NUMBER}}<br>[[receipt.filed]]: {{FILED}}{{#ARRIVED}}<br>[[receipt.at]]: {{AT}}{{/ARRIVED}}</p>
{{/FACTS}}
</div>
{{/VERDICT}}
<p>[[receipt.explained]]</p>
<form method="get" action="/receipt">
<label for="statement">[[receipt.label]]</label>
<textarea id="statement" name="statement" rows="5" maxlength="600" autocomplete="off" autocapitalize="characters" spellcheck="false" required></textarea>
<button class="primary">[[receipt.submit]]</button>
</form>
</section>
