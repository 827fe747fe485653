<h1>{{TITLE}}</h1>
<p><a href="/staff">[[staff.title]]</a></p>
{{#NOTHING}}<p class="nothing">[[acts.nothing]]</p>{{/NOTHING}}
<ul class="plain">
{{#ACT}}<li><b>{{WHAT}}</b>{{#DETAIL_LINE}} · {{DETAIL}}{{/DETAIL_LINE}}<span class="by">{{NAME}}, {{ROLE}} · {{WHEN}}{{#CLOCK_UNSURE}} · [[acts.clock_unsure]]{{/CLOCK_UNSURE}}</span></li>
{{/ACT}}
</ul>
<h2>[[acts.announcements]]</h2>
{{#NO_ANNOUNCEMENT}}<p class="nothing">[[acts.no_announcement]]</p>{{/NO_ANNOUNCEMENT}}
{{#ANNOUNCEMENT}}
<section class="panel">
<h2>{{HEAD}}</h2>
<p class="said">{{WORDS}}</p>
<p class="by">{{BY}} · {{WHEN}}{{#UNTIL_LINE}} · {{UNTIL}}{{/UNTIL_LINE}}{{#WITHDRAWN}} · {{WITHDRAWN_BY}}{{/WITHDRAWN}}</p>
</section>
{{/ANNOUNCEMENT}}
