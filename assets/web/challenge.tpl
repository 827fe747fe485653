<h1>[[challenge.title]]</h1>
{{#PROBLEM_BOX}}<p class="problem" role="alert">{{PROBLEM}}</p>{{/PROBLEM_BOX}}
{{#ANSWER}}
<section class="panel start" role="status">
<h2>{{KIOSK}} · {{PURPOSE}}</h2>
<p>[[challenge.read_back]]</p>
<p class="signs">{{SIGNS}}</p>
{{#WENT_BACK}}<p class="problem">[[challenge.went_back]]</p>{{/WENT_BACK}}
</section>
{{/ANSWER}}
<div class="columns">
<form class="panel" method="post" action="/challenge">
<input type="hidden" name="csrf" value="{{CSRF}}">
<p>[[challenge.words]]</p>
<label for="kiosk">[[challenge.kiosk]]</label>
<select id="kiosk" name="kiosk">{{#KIOSK_CHOICE}}<option value="{{ID}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{TEXT}}</option>{{/KIOSK_CHOICE}}</select>
<label for="purpose">[[challenge.purpose]]</label>
<select id="purpose" name="purpose">{{#PURPOSE_CHOICE}}<option value="{{ID}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{TEXT}}</option>{{/PURPOSE_CHOICE}}</select>
{{#WITH_ACCOUNT}}
<label for="login">[[challenge.login]]</label>
<input id="login" name="login" maxlength="32" autocomplete="off" autocapitalize="none" spellcheck="false" value="{{DRAFT_LOGIN}}">
{{/WITH_ACCOUNT}}
<label for="signs">[[challenge.signs]]</label>
<input id="signs" class="signs" name="signs" maxlength="24" placeholder="7KMP-29XA" autocomplete="off" autocapitalize="characters" spellcheck="false" value="{{DRAFT_SIGNS}}" required>
<button class="primary">[[challenge.submit]]</button>
</form>
<section class="panel">
<h2>[[challenge.answered]]</h2>
{{#NOTHING}}<p>[[challenge.none_answered]]</p>{{/NOTHING}}
<ul class="plain">{{#ANSWERED}}<li><b>{{KIOSK}}</b> · {{PURPOSE}}<span class="by">{{BY}} · {{WHEN}}</span></li>{{/ANSWERED}}</ul>
</section>
</div>
