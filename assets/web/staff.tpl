<h1>[[staff.title]]</h1>
{{#PROBLEM_BOX}}<p class="problem" role="alert">{{PROBLEM}}</p>{{/PROBLEM_BOX}}
{{#DONE}}<p class="done" role="status">{{WORDS}}</p>{{/DONE}}
{{#START}}
<section class="panel start" role="status">
<h2>{{NAME}} · {{LOGIN}}</h2>
<p>[[staff.start_pin]]</p>
<p class="signs">{{PIN}}</p>
<p class="small">[[staff.start_pin.once]]</p>
</section>
{{/START}}
<div class="columns">
<div>
{{#PLACE}}
<h2>{{DISTRICT}}</h2>
{{#PERSON_ROW}}
<section class="panel">
<p class="row"><b>{{NAME}}</b><i>{{ROLE}}</i></p>
<p class="sub">{{LOGIN}}{{#KEY_FILE}} · [[staff.key_file]]{{/KEY_FILE}}{{#CLOSED}} · <b>[[staff.closed]]</b>{{/CLOSED}}</p>
<div class="buttons">
{{#DO}}<form method="post" action="{{PATH}}"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="login" value="{{LOGIN}}"><input type="hidden" name="seen" value="{{SEEN}}"><button>{{TEXT}}</button></form>
{{/DO}}
</div>
</section>
{{/PERSON_ROW}}
{{/PLACE}}
{{#NOBODY}}<p class="nothing">[[staff.nobody]]</p>{{/NOBODY}}
</div>
<div>
<form class="panel" method="post" action="/staff/add">
<h2>[[staff.add]]</h2>
<input type="hidden" name="csrf" value="{{CSRF}}">
<label for="name">[[staff.name]]</label>
<input id="name" name="name" maxlength="120" autocomplete="off" value="{{DRAFT_NAME}}" required>
<label for="login">[[staff.login]]</label>
<input id="login" name="login" maxlength="32" minlength="2" autocomplete="off" autocapitalize="none" spellcheck="false" value="{{DRAFT_LOGIN}}" required>
<label for="role">[[staff.role]]</label>
<select id="role" name="role">{{#ROLE_CHOICE}}<option value="{{ID}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{TEXT}}</option>{{/ROLE_CHOICE}}</select>
{{#WITH_DISTRICT}}
<label for="district">[[staff.district]]</label>
<select id="district" name="district"><option value="">[[staff.no_district]]</option>{{#DISTRICT_CHOICE}}<option value="{{ID}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{TEXT}}</option>{{/DISTRICT_CHOICE}}</select>
{{/WITH_DISTRICT}}
<button class="primary">[[staff.add]]</button>
</form>
<section class="panel">
<h2>[[staff.kiosks]]</h2>
<ul class="plain">{{#KIOSK}}<li><a href="{{PATH}}">{{CODE}}</a> · {{DISTRICT}}</li>{{/KIOSK}}</ul>
</section>
</div>
</div>
