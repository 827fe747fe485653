<div class="phone">
<div class="hero">
<svg class="big"><use href="#m-{{HERO_MARK}}"/></svg>
<div><h1>{{HERO}}</h1><p>{{LATE}}</p></div>
</div>
<nav class="tabs three" aria-label="[[list.tabs]]">
{{#TAB_HERE}}<a href="{{PATH}}" aria-current="page">{{TEXT}}</a>{{/TAB_HERE}}
{{#TAB}}<a href="{{PATH}}">{{TEXT}}</a>{{/TAB}}
</nav>
{{#NARROWED_BOX}}<p class="narrowed"><b>{{NARROWED}}</b> <a href="/regent">[[regent.show_all]]</a></p>{{/NARROWED_BOX}}
<div class="cards">
{{#CARD}}
<a class="card {{MARK}}" href="{{PATH}}">
<span class="row"><svg class="m"><use href="#m-{{MARK}}"/></svg><b>{{WORDS}}</b><i>{{NUMBER}}</i></span>
<strong>{{TITLE}}</strong>
<span class="sub">{{PLACE}} · <b>{{OPD}}</b></span>
</a>
{{/CARD}}
</div>
{{#NOTHING}}<p class="nothing">[[regent.nothing]]</p>{{/NOTHING}}
{{#MORE_BOX}}<p class="narrowed">{{MORE}}</p>{{/MORE_BOX}}
{{#BARS}}
<div class="bars">
<section><h2>[[regent.by_opd]]</h2>
{{#OPD_BAR}}<a class="bar" href="{{PATH}}"><span>{{NAME}}</span><svg viewBox="0 0 100 10" preserveAspectRatio="none"><rect width="{{WIDTH}}" height="10"/></svg><b>{{COUNT}}</b></a>{{/OPD_BAR}}
</section>
<section><h2>[[regent.by_district]]</h2>
{{#DISTRICT_BAR}}<a class="bar" href="{{PATH}}"><span>{{NAME}}</span><svg viewBox="0 0 100 10" preserveAspectRatio="none"><rect width="{{WIDTH}}" height="10"/></svg><b>{{COUNT}}</b></a>{{/DISTRICT_BAR}}
</section>
</div>
{{/BARS}}
<div class="longbars">
{{#LONG_BAR}}<a class="bar" href="{{PATH}}"><span>{{NAME}}</span><svg viewBox="0 0 100 10" preserveAspectRatio="none"><rect width="{{WIDTH}}" height="10"/></svg><b>{{COUNT}}</b></a>{{/LONG_BAR}}
</div>
<div class="counts">
<span><svg class="m"><use href="#m-red"/></svg>{{RED}}</span>
<span><svg class="m"><use href="#m-yellow"/></svg>{{YELLOW}}</span>
<span><svg class="m"><use href="#m-green"/></svg>{{GREEN}}</span>
</div>
</div>
