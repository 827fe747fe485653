<div class="head">
<h1>{{HERO}}</h1>
<form class="find" action="/find">
<label for="number">[[find.label]]</label>
<input id="number" name="number" placeholder="JLA1-0417-K" autocapitalize="characters" autocomplete="off" spellcheck="false" maxlength="24" required>
<button>[[find.submit]]</button>
</form>
</div>
<nav class="tabs" aria-label="[[list.tabs]]">
{{#TAB_HERE}}<a href="{{PATH}}" aria-current="page">{{TEXT}}{{#COUNTED}} <b>{{COUNT}}</b>{{/COUNTED}}</a>{{/TAB_HERE}}
{{#TAB}}<a href="{{PATH}}">{{TEXT}}{{#COUNTED}} <b>{{COUNT}}</b>{{/COUNTED}}</a>{{/TAB}}
</nav>
<div class="cards">
{{#CARD}}
<a class="card {{MARK}}" href="{{PATH}}">
<span class="row"><svg class="m"><use href="#m-{{MARK}}"/></svg><b>{{WORDS}}</b><i>{{NUMBER}}</i></span>
<strong>{{TITLE}}</strong>
<span class="sub">{{PLACE}} · <b>{{OPD}}</b></span>
</a>
{{/CARD}}
</div>
{{#NOTHING}}<p class="nothing">[[list.nothing]]</p>{{/NOTHING}}
<p class="pager">
{{#EARLIER}}<a class="key" href="{{PATH}}">[[list.earlier]]</a>{{/EARLIER}}
{{#LATER}}<a class="key" href="{{PATH}}">[[list.later]]</a>{{/LATER}}
</p>
