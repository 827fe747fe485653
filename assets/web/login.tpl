<section class="panel narrow">
<h1>[[login.title]]</h1>
<p>[[login.words]]</p>
{{#PROBLEM_BOX}}<p class="problem" role="alert">{{PROBLEM}}</p>{{/PROBLEM_BOX}}
<form method="post" action="/login">
<label for="login">[[login.login]]</label>
<input id="login" name="login" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" maxlength="64" required>
<label for="password">[[login.password]]</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="256" required>
<button class="primary">[[login.submit]]</button>
</form>
</section>
