<svg width="0" height="0" class="defs" aria-hidden="true">
<symbol id="m-red" viewBox="0 0 64 64"><path d="M32 6 60 57H4z" fill="#B3261E" stroke="#0D2426" stroke-width="4" stroke-linejoin="round"/><path d="M32 24v16" stroke="#fff" stroke-width="7" stroke-linecap="round"/><circle cx="32" cy="49" r="4" fill="#fff"/></symbol>
<symbol id="m-late" viewBox="0 0 64 64"><use href="#m-red"/><circle cx="49" cy="16" r="13" fill="#fff" stroke="#0D2426" stroke-width="4"/><path d="M49 9v8l5 3" stroke="#0D2426" stroke-width="4" fill="none" stroke-linecap="round"/></symbol>
<symbol id="m-yellow" viewBox="0 0 64 64"><path d="M32 4 60 32 32 60 4 32z" fill="#F0B21C" stroke="#0D2426" stroke-width="4" stroke-linejoin="round"/><path d="M19 32h.1M32 32h.1M45 32h.1" stroke="#0D2426" stroke-width="8.5" stroke-linecap="round"/></symbol>
<symbol id="m-held" viewBox="0 0 64 64"><path d="M32 4 60 32 32 60 4 32z" fill="#F0B21C" stroke="#0D2426" stroke-width="4" stroke-linejoin="round"/><path d="M26 23v18M38 23v18" stroke="#0D2426" stroke-width="7" stroke-linecap="round"/></symbol>
<symbol id="m-green" viewBox="0 0 64 64"><circle cx="32" cy="32" r="28" fill="#0F7F68" stroke="#0D2426" stroke-width="4"/><path d="m19 33 9 10 18-21" stroke="#fff" stroke-width="7" fill="none" stroke-linecap="round" stroke-linejoin="round"/></symbol>
<symbol id="m-grey" viewBox="0 0 64 64"><rect x="6" y="6" width="52" height="52" rx="8" fill="#E4DAC3" stroke="#0D2426" stroke-width="4"/><path d="M18 32h28" stroke="#0D2426" stroke-width="6" stroke-linecap="round"/></symbol>
</svg>
