<p class="mark-line"><svg class="m"><use href="#m-{{MARK}}"/></svg><b>{{MARK_WORDS}}</b><i>{{NUMBER}}</i></p>
<h1>{{TITLE}}</h1>
{{#ABOUT_STAFF}}<p class="notice">[[ticket.about_staff]]</p>{{/ABOUT_STAFF}}
{{#PROBLEM_BOX}}<p class="problem" role="alert">{{PROBLEM}}</p>{{/PROBLEM_BOX}}
{{#DONE}}<p class="done" role="status"><svg class="m"><use href="#m-green"/></svg>[[ticket.done]]</p>{{/DONE}}
<div class="columns">
<div>
{{#PRIVATE}}
<section class="panel private">
{{#STORY_BOX}}<h2>[[private.story]]</h2><blockquote>{{STORY}}</blockquote>{{/STORY_BOX}}
<dl>{{#PRIVATE_FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/PRIVATE_FACT}}</dl>
<p class="small">[[private.recorded]]</p>
</section>
{{/PRIVATE}}
{{#CLOSED}}
<section class="panel private">
<h2>[[private.title]]</h2>
<p>[[private.closed]]</p>
<form method="post" action="{{DO}}"><input type="hidden" name="csrf" value="{{CSRF}}"><button class="key">[[private.open]]</button></form>
</section>
{{/CLOSED}}
{{#UNREADABLE}}<p class="notice">[[private.unreadable]]</p>{{/UNREADABLE}}
<section class="panel">
<dl>{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}</dl>
</section>
<section class="panel">
<h2>[[timeline.title]]</h2>
<ol class="timeline">
{{#STEP}}
<li><b>{{WHAT}}</b> <span class="small">{{WHEN}}</span>
{{#BY_LINE}}<span class="by">{{BY}}</span>{{/BY_LINE}}
{{#WORDS_LINE}}<p class="said">{{WORDS}}</p>{{/WORDS_LINE}}
{{#SEALED}}<p class="sealed">[[timeline.sealed]]</p>{{/SEALED}}
{{#SEALED_BY_PERSON}}<p class="sealed">[[timeline.sealed_by_person]]</p>{{/SEALED_BY_PERSON}}
{{#NOT_APPLIED}}<p class="sealed">[[timeline.not_applied]]</p>{{/NOT_APPLIED}}
</li>
{{/STEP}}
</ol>
</section>
</div>
<div>
{{#ACTIONS}}<h2 class="todo">[[action.title]]</h2>{{/ACTIONS}}
{{#ASSIGN}}
<form class="panel" method="post" action="{{DO}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="seen" value="{{SEEN}}">
<label for="opd">[[action.assign.label]]</label>
<select id="opd" name="opd" required>
{{#LIKELY}}<option value="{{ID}}">{{NAME}}</option>{{/LIKELY}}
{{#OTHER}}<option value="{{ID}}">{{NAME}}</option>{{/OTHER}}
</select>
<button class="primary">[[action.assign]]</button>
</form>
{{/ASSIGN}}
{{#VERIFY}}
<form class="panel" method="post" action="{{DO}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="seen" value="{{SEEN}}">
<p>[[action.verify.words]]</p>
<button>[[action.verify]]</button>
</form>
{{/VERIFY}}
{{#FOLLOW_UP}}
<form class="panel" method="post" action="{{DO}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="seen" value="{{SEEN}}">
<label for="follow-up">[[action.follow_up.label]]</label>
{{#TO_RECEIPT}}<p class="small">[[action.to_receipt]]</p>{{/TO_RECEIPT}}
<textarea id="follow-up" name="text" rows="4" maxlength="4000" required>{{DRAFT}}</textarea>
<button class="primary">[[action.follow_up]]</button>
</form>
{{/FOLLOW_UP}}
{{#RESOLVE}}
<form class="panel" method="post" action="{{DO}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="seen" value="{{SEEN}}">
<label for="resolve">[[action.resolve.label]]</label>
{{#TO_RECEIPT}}<p class="small">[[action.to_receipt]]</p>{{/TO_RECEIPT}}
<textarea id="resolve" name="text" rows="4" maxlength="4000" required>{{DRAFT}}</textarea>
<button class="finish">[[action.resolve]]</button>
</form>
{{/RESOLVE}}
{{#HOLD}}
<details class="panel"{{#OPENED}} open{{/OPENED}}><summary>[[action.hold]]</summary>
<form method="post" action="{{DO}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="seen" value="{{SEEN}}">
<label for="hold">[[action.hold.label]]</label>
<textarea id="hold" name="text" rows="3" maxlength="500" required>{{DRAFT}}</textarea>
<button>[[action.hold]]</button>
</form></details>
{{/HOLD}}
{{#MESSAGE}}
<details class="panel"{{#OPENED}} open{{/OPENED}}><summary>[[action.message]]</summary>
<form method="post" action="{{DO}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="seen" value="{{SEEN}}">
<label for="message">[[action.message.label]]</label>
<textarea id="message" name="text" rows="4" maxlength="4000" required>{{DRAFT}}</textarea>
<button>[[action.message.submit]]</button>
</form></details>
{{/MESSAGE}}
{{#ARCHIVE}}
<details class="panel"{{#OPENED}} open{{/OPENED}}><summary>[[action.archive]]</summary>
<form method="post" action="{{DO}}">
<input type="hidden" name="csrf" value="{{CSRF}}"><input type="hidden" name="seen" value="{{SEEN}}">
<label for="archive">[[action.archive.label]]</label>
<textarea id="archive" name="text" rows="3" maxlength="500" required>{{DRAFT}}</textarea>
<button class="clay">[[action.archive]]</button>
</form></details>
{{/ARCHIVE}}
</div>
</div>
