<!doctype html>
<html lang="{{LANG}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="theme-color" content="#0A3D4D">
<title>{{TITLE}} · Mimika Center</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="{{STYLE}}">
</head>
<body>
{{>MARKS}}
<header class="top">
<div class="wide">
<a class="brand" href="/">Mimika Center</a>
<span class="now">{{NOW}}</span>
</div>
</header>
<div class="band" role="presentation"></div>
<nav class="links wide" aria-label="[[frame.navigation]]">
{{#NAV_HERE}}<a href="{{PATH}}" aria-current="page">{{TEXT}}</a>{{/NAV_HERE}}
{{#NAV_LINK}}<a href="{{PATH}}">{{TEXT}}</a>{{/NAV_LINK}}
</nav>
<main class="wide">
{{>BODY}}
</main>
<footer class="foot wide">
{{#PERSON}}
<span>{{NAME}}, {{ROLE}}</span>
<form method="post" action="/logout">
<input type="hidden" name="csrf" value="{{CSRF}}">
<button class="quiet">[[frame.logout]]</button>
</form>
{{/PERSON}}
<a href="{{HERE}}?lang={{OTHER_LANG}}" hreflang="{{OTHER_LANG}}" lang="{{OTHER_LANG}}">{{OTHER_LANG_NAME}}</a>
</footer>
</body>
</html>
