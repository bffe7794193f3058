"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  if (!$("state")) return;
  const { address, words } = JSON.parse($("state").textContent);
  const EVERY = 700; // ms
  const MOST_FAILURES = 20; // of the connection, before one is told
  let failures = 0;

  const write = (place, text) => { if (place.textContent !== text) place.textContent = text; };
  const show = ({ stage, done, total }) => {
    const bar = $("bar");
    if (total) { bar.max = total; bar.value = done; } else bar.removeAttribute("value");
    write($("stage"), words[total ? stage : "turn"]);
    write($("done"), total ? words.done.replace("%done%", done).replace("%count%", total) : "");
  };
  const look = async () => {
    try {
      const reply = await fetch(address, { cache: "no-store" });
      const state = await reply.json();
      failures = 0;
      if (state.ready || !state.stage) return location.reload();
      show(state);
    } catch {
      failures += 1;
      if (failures === MOST_FAILURES) return location.reload();
    }
    setTimeout(look, EVERY);
  };
  look();
})();
