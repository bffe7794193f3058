"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const { id, total, title, artwork, parts, cues, steps, passages, landings, words } = JSON.parse($("session").textContent);
  const audio = $("audio"), player = $("player"), text = $("text");
  const spoken = [...text.querySelectorAll("[data-at]")];
  const entries = [...document.querySelectorAll("nav button")];
  const shapes = [...document.querySelectorAll("#bar .part")];
  const AGAIN = 3000; // ms: so soon after its start, "previous" means the part before
  const EARLY = 150; // ms: what stops or loops does so before the next name is heard
  const SHORT = 10000;
  const LONG = 30; // letters of a cue that is written smaller
  let here = -1, heard = -1, looping = false, stopping = -1, following = true, saved = 0;

  // The last of a sorted list whose key is not after t; -1 if there is none.
  const last = (list, t, key = (x) => x) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (key(list[middle]) <= t) low = middle + 1; else high = middle;
    }
    return low - 1;
  };
  const start = (x) => x.start;
  // Whole milliseconds: a browser gives a place back as 65.855999 that was set to 65.856.
  const now = () => Math.min(Math.round(audio.currentTime * 1000), total);
  const clock = (ms) => {
    const s = Math.max(0, Math.round(ms / 1000)), h = Math.floor(s / 3600);
    const mm = String(Math.floor(s / 60) % 60), ss = String(s % 60).padStart(2, "0");
    return h ? `${h}:${mm.padStart(2, "0")}:${ss}` : `${mm}:${ss}`;
  };
  const fill = (words, values) => words.replace(/%(\w+)%/g, (_, name) => values[name]);
  const write = (place, words) => { if (place.textContent !== words) place.textContent = words; };
  const partAt = (t) => Math.max(last(parts, t, start), 0);
  const landed = (t) => landings[Math.max(last(landings, t), 0)];
  const passageAt = (t) => { const i = last(passages, t, start); return i >= 0 && t < passages[i].end ? i : -1; };
  const workAt = (t) => { const i = last(steps, t, start); return i >= 0 && t < steps[i].end && steps[i].kind === "work" ? i : -1; };

  // -- showing ----------------------------------------------------------------
  const show = () => {
    const t = now(), index = partAt(t), part = parts[index];
    if (index !== here) showPart(index);
    showCue(t);
    const step = steps[last(steps, t, start)], inside = step && t < step.end;
    player.dataset.state = inside ? step.kind : "talk";
    const gone = inside ? (t - step.start) / (step.end - step.start) : (t - part.start) / (part.end - part.start);
    $("ring").style.strokeDasharray = `${Math.max(0, Math.min(1, gone)) * 100} 100`;
    write($("left-here"), fill(words.here, { time: clock(part.end - t) }));
    write($("now"), clock(t));
    // What has gone by and what is left come to the length that the page states.
    write($("left"), fill(words.left, { time: clock(total - (total % 1000) - t) }));
    write($("stop-in"), fill(words.in, { time: clock(part.end - t) }));
    $("gone").setAttribute("width", t);
    $("hand").setAttribute("x1", t);
    $("hand").setAttribute("x2", t);
  };
  const showPart = (index) => {
    const part = parts[index], after = parts[index + 1];
    here = index;
    write($("status"), ""); // what it said was of the part before
    write($("where"), part.exercise ? fill(words.number, { number: part.exercise, count: part.count }) : "");
    write($("part"), part.title);
    write($("coming"), after ? fill(words.coming, { title: after.title }) : "");
    $("link").href = part.exercise ? `#exercise=${part.exercise}` : `#t=${part.start / 1000}`;
    $("next").setAttribute("aria-disabled", String(!after));
    entries.forEach((entry, i) => (i === index ? entry.setAttribute("aria-current", "true") : entry.removeAttribute("aria-current")));
    shapes.forEach((shape, i) => shape.classList.toggle("here", i === index));
    if (stopping >= 0 && stopping !== index) stopAfter(-1);
    tellSystem(part);
  };
  const showCue = (t) => {
    const index = last(cues, t, start);
    if (index === heard) return;
    spoken[heard]?.classList.remove("said");
    heard = index;
    write($("cue"), index < 0 ? "" : cues[index].text);
    $("cue").classList.toggle("long", $("cue").textContent.length > LONG);
    spoken[index]?.classList.add("said");
    follow();
  };
  const follow = () => {
    const word = spoken[heard];
    if (!following || !word) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = word.getBoundingClientRect().top - text.getBoundingClientRect().top + text.scrollTop;
    text.scrollTo({ top: top - text.clientHeight / 3, behavior: calm ? "auto" : "smooth" });
  };
  const setFollowing = (on) => {
    following = on;
    $("follow").setAttribute("aria-pressed", String(on));
    if (on) follow();
  };

  // -- moving -------------------------------------------------------------------
  const go = (t, said) => {
    audio.currentTime = Math.max(0, Math.min(t, total - 1)) / 1000;
    show();
    keep();
    if (said) say(said);
  };
  // To a moment that may lie in another part: then it is told which.
  const goTo = (t) => { const index = partAt(t); go(t, index === here ? "" : parts[index].title); };
  const say = (message) => { $("status").textContent = ""; $("status").textContent = message; };
  const toPart = (index) => go(parts[index].start, parts[index].title);
  const next = () => { if (parts[here + 1]) toPart(here + 1); else say(words.last); };
  const previous = () => {
    const early = now() - parts[here].start < AGAIN;
    toPart(early ? Math.max(here - 1, 0) : here);
  };
  const repeat = () => toPart(here);
  // Ten seconds on or back are ten seconds, unless they lead into what has to be told first:
  // then it begins with its telling, or, on the way on, is left out.
  const skip = (ms) => {
    const t = now(), to = Math.max(0, Math.min(t + ms, total - 1));
    if (passageAt(to) === passageAt(t) && workAt(to) === workAt(t)) return goTo(to);
    if (passageAt(to) < 0) return goTo(to);
    const place = landed(to);
    if (ms < 0 || place > t) return goTo(place);
    return goTo(landings[last(landings, to) + 1] ?? total - 1);
  };
  const setLooping = (on) => {
    looping = on;
    $("loop").setAttribute("aria-pressed", String(on));
    if (on) stopAfter(-1);
  };
  const stopAfter = (index) => {
    stopping = index;
    $("stop").setAttribute("aria-pressed", String(index >= 0));
    if (index >= 0) setLooping(false);
  };
  const partEnds = (index) => {
    if (audio.paused || index !== here || now() < parts[index].end - 2 * EARLY) return;
    if (looping) go(parts[index].entry);
    else if (stopping === index) {
      stopAfter(-1);
      audio.pause();
      go(parts[index + 1] ? parts[index + 1].start : 0);
    }
  };

  // -- the place is kept: a link before it, the start after it -----------------------
  const KEY = `audiocoach ${id}`;
  const USED = "used"; // of a link: it stands in the address to be passed on, and leads nowhere again
  const keep = () => {
    saved = Date.now();
    try {
      localStorage.setItem(KEY, String(Math.round(now())));
      if (location.hash && history.state !== USED) history.replaceState(USED, "");
    } catch { /* private windows have none */ }
  };
  const kept = () => { try { return Number(localStorage.getItem(KEY)) || 0; } catch { return 0; } };
  // Where the link in the address leads (ms): null if there is none, or if it leads nowhere, which is told.
  const linked = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    const number = Number(asked.get("exercise"));
    const part = number && parts.find((each) => each.exercise === number);
    if (part) { $("trouble").textContent = ""; return part.start; }
    const moment = (asked.get("t") || "").split(",")[0];
    const wrong = !/^\d+(:\d{1,2}){0,2}(\.\d+)?$/.test(moment);
    $("trouble").textContent = wrong && (asked.has("exercise") || asked.has("t")) ? words.nowhere : "";
    if (wrong) return null;
    const seconds = moment.split(":").reduce((sum, each) => sum * 60 + Number(each), 0);
    return landed(Math.min(Math.round(seconds * 1000), total - 1));
  };

  // -- lock screen, headset, keyboard ---------------------------------------------
  const handlers = {
    play: () => audio.play(), pause: () => audio.pause(), nexttrack: next, previoustrack: previous,
    seekforward: () => skip(SHORT), seekbackward: () => skip(-SHORT),
    seekto: ({ seekTime }) => goTo(landed(Math.round(seekTime * 1000))),
  };
  const tellSystem = (part) => {
    if (!("mediaSession" in navigator)) return;
    navigator.mediaSession.metadata = new MediaMetadata({ title: part.title, artist: title, album: "audiocoach", artwork });
  };
  const tellPosition = () => {
    if (!navigator.mediaSession?.setPositionState || !audio.duration) return;
    navigator.mediaSession.setPositionState({ duration: audio.duration, position: Math.min(audio.currentTime, audio.duration), playbackRate: 1 });
  };
  const keys = {
    k: () => toggle(), n: next, p: previous, r: repeat, l: () => setLooping(!looping),
    ArrowLeft: () => skip(-SHORT), ArrowRight: () => skip(SHORT),
  };
  const pressed = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const toggle = () => (audio.paused ? audio.play().catch(failed) : audio.pause());
  const failed = (error) => { if (error?.name !== "AbortError") $("trouble").textContent = words.trouble; };

  // -- the sound -------------------------------------------------------------------
  const decode = (text) => {
    const STEP = 1 << 20, pieces = [];
    for (let at = 0; at < text.length; at += STEP) {
      const piece = atob(text.slice(at, at + STEP));
      pieces.push(Uint8Array.from(piece, (letter) => letter.charCodeAt(0)));
    }
    return new Blob(pieces, { type: "audio/mpeg" });
  };
  const source = () => {
    const inside = $("sound");
    if (inside.dataset.src) return inside.dataset.src;
    const blob = decode(inside.textContent.trim());
    inside.remove();
    return URL.createObjectURL(blob);
  };
  const watch = () => {
    const track = audio.addTextTrack("metadata");
    track.mode = "hidden";
    parts.forEach((part, index) => {
      const mark = new VTTCue(part.start / 1000, Math.max(part.end - EARLY, part.start + 1) / 1000, "");
      mark.onexit = () => partEnds(index);
      track.addCue(mark);
    });
    cues.forEach(({ start, end }) => {
      const mark = new VTTCue(start / 1000, end / 1000, "");
      mark.onenter = show; // also while the page is hidden, where nothing is drawn
      track.addCue(mark);
    });
  };
  const draw = () => {
    if (!audio.paused) { show(); requestAnimationFrame(draw); }
  };
  const playing = (on) => {
    player.toggleAttribute("data-playing", on);
    $("play").setAttribute("aria-label", on ? words.pause : words.play);
    if (on) draw();
    tellPosition();
  };

  const ready = () => {
    const from = (history.state === USED ? null : linked()) ?? kept();
    go(from < total - 1000 ? from : 0);
    $("play").disabled = false;
  };
  audio.addEventListener("loadedmetadata", ready, { once: true });
  audio.addEventListener("play", () => playing(true));
  audio.addEventListener("pause", () => { playing(false); keep(); });
  audio.addEventListener("ended", () => { playing(false); go(0); say(words.done); write($("cue"), words.done); });
  audio.addEventListener("seeked", () => { show(); tellPosition(); });
  audio.addEventListener("timeupdate", () => { show(); if (Date.now() - saved > 3000) keep(); });
  audio.addEventListener("error", failed);
  addEventListener("pagehide", () => { if (audio.duration) keep(); });
  addEventListener("hashchange", () => { const to = linked(); if (to !== null) go(to, parts[partAt(to)].title); });
  player.addEventListener("keydown", pressed);
  $("play").addEventListener("click", toggle);
  const clicks = { previous, next, repeat, back: () => skip(-SHORT), forward: () => skip(SHORT) };
  Object.entries(clicks).forEach(([name, act]) => $(name).addEventListener("click", act));
  $("loop").addEventListener("click", () => setLooping(!looping));
  $("stop").addEventListener("click", () => stopAfter(stopping >= 0 ? -1 : here));
  $("follow").addEventListener("click", () => setFollowing(!following));
  entries.forEach((entry, index) => entry.addEventListener("click", () => toPart(index)));
  text.addEventListener("click", (event) => {
    const at = event.target.closest("[data-at]")?.dataset.at;
    if (at !== undefined) goTo(landed(Number(at)));
  });
  ["wheel", "touchmove"].forEach((kind) => text.addEventListener(kind, () => following && setFollowing(false), { passive: true }));
  $("bar").addEventListener("click", (event) => {
    const box = $("bar").getBoundingClientRect();
    toPart(partAt(((event.clientX - box.left) / box.width) * total));
  });
  if ("mediaSession" in navigator) {
    Object.entries(handlers).forEach(([name, act]) => {
      try { navigator.mediaSession.setActionHandler(name, act); } catch { /* a browser may know fewer */ }
    });
  }
  showPart(0);
  watch();
  audio.src = source();
})();
