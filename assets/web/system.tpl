<h1>{{HERO}}</h1>
<div class="scroll">
<table>
<thead><tr><th>[[system.code]]</th><th>[[system.district]]</th><th>[[system.name]]</th><th>[[system.heard]]</th><th>[[system.clock]]</th></tr></thead>
<tbody>
{{#KIOSK}}<tr><td><b>{{CODE}}</b></td><td>{{DISTRICT}}</td><td>{{NAME}}</td><td>{{HEARD}}</td><td>{{CLOCK}}</td></tr>{{/KIOSK}}
</tbody>
</table>
</div>
<h2>[[system.aside]]</h2>
{{#NOTHING_ASIDE}}<p class="nothing">[[system.nothing_aside]]</p>{{/NOTHING_ASIDE}}
<ul class="plain">
{{#ASIDE}}<li><b>{{KEY}}</b> · {{REASON}} · {{WHEN}}</li>{{/ASIDE}}
</ul>
<h2>[[system.refusals]]</h2>
{{#NOTHING_REFUSED}}<p class="nothing">[[system.nothing_refused]]</p>{{/NOTHING_REFUSED}}
<ul class="plain">
{{#REFUSAL}}<li><b>{{TIMES}}</b> · {{REASON}} · {{WHEN}}</li>{{/REFUSAL}}
</ul>
