<section class="panel narrow">
<h1>{{TITLE}}</h1>
<p>{{WORDS}}</p>
<p><a class="key" href="/">[[error.home]]</a></p>
</section>
