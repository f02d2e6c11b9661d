"use strict";
(() => {
  // The columns of a point, as row in view.go writes them.
  const AT = 0, DELAY = 1, OVERSHOOT = 2, QUEUE = 3, STALE = 4, RUNNABLE = 5, PROCS = 6, CPUS = 7, BUSY = 8, CAUSE = 9, ADMITTED = 10, REJECTED = 11, THROTTLED = 12;
  const MOST = 10000, EVERY = 500, SVG = "http://www.w3.org/2000/svg";
  const limit = Number(document.body.dataset.limit);
  const $ = id => document.getElementById(id);
  const sum = (p, ...columns) => columns.reduce((s, c) => s + (p[c] || 0), 0);

  const charts = {
    verdict: {strip: true, title: "Verdict over time", series: []},
    delay: {title: "Delay in milliseconds", limit, series: [
      {name: "verdict", key: "a", of: p => p[DELAY], fill: true, unit: " ms"}, {name: "run queue p99", key: "b", of: p => p[QUEUE], unit: " ms"},
      {name: "timer late", key: "c", of: p => p[OVERSHOOT], unit: " ms"}, {name: "stale heartbeat", key: "d", of: p => p[STALE], dash: true, unit: " ms"}]},
    queue: {title: "Runnable goroutines", series: [
      {name: "runnable", key: "a", of: p => p[RUNNABLE], fill: true}, {name: "GOMAXPROCS", key: "b", of: p => p[PROCS], dash: true}]},
    cpu: {title: "Processors used", series: [
      {name: "used", key: "a", of: p => p[BUSY], fill: true}, {name: "may use", key: "b", of: p => p[CPUS], dash: true}]},
    requests: {title: "Requests per second", series: [
      {name: "all", key: "bad", of: p => sum(p, ADMITTED, REJECTED), fill: true, shown: p => p[REJECTED], label: "turned away"},
      {name: "served", key: "good", of: p => p[ADMITTED], fill: true, cover: true, label: "served"}]},
  };
  let points = [], next = 0, causes = [], range = 60, paused = false, held = 0, cursor = null, late = 0;

  // fmt writes a number with three digits or so.
  const fmt = v => v == null ? "–" : Number.isInteger(v) ? String(v) : v >= 100 ? v.toFixed(0) : v >= 10 ? v.toFixed(1) : v.toFixed(2);
  const length = ms => ms < 1000 ? fmt(ms) + " ms" : ms < 60e3 ? fmt(ms / 1000) + " s" : ms < 3600e3 ? (ms / 60e3).toFixed(1) + " min" : (ms / 3600e3).toFixed(1) + " h";
  const clock = ms => new Date(ms).toLocaleTimeString([], {hour12: false});

  function svg(name, attributes, parent) {
    const e = document.createElementNS(SVG, name);
    for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
    if (parent) parent.append(e);
    return e;
  }
  function el(name, text, className) {
    const e = document.createElement(name);
    if (text != null) e.textContent = text;
    if (className) e.className = className;
    return e;
  }

  // nice is the least of 1, 2, 5 times a power of ten that is not less than v.
  function nice(v) {
    const power = 10 ** Math.floor(Math.log10(v));
    return [1, 2, 5, 10].map(f => f * power).find(n => n >= v * 0.9999);
  }

  const newest = () => points.length ? points[points.length - 1][AT] : Date.now();
  // view is the part of the history that is shown; while paused, it stands still.
  function view() {
    const end = paused ? held : newest();
    return {end, start: end - range * 1000, points: points.filter(p => p[AT] > end - range * 1000 && p[AT] <= end)};
  }
  // at is the point under the cursor, or the last one.
  function at(v) { return cursor == null ? v.points[v.points.length - 1] : v.points[Math.max(0, Math.min(cursor, v.points.length - 1))]; }

  function draw() {
    const v = view();
    for (const [name, c] of Object.entries(charts)) (c.strip ? strip : plot)(name, c, v);
    legends(v);
  }

  function frame(name, chart) {
    const box = $("chart-" + name), w = Math.max(200, box.clientWidth), h = box.clientHeight;
    const root = svg("svg", {viewBox: `0 0 ${w} ${h}`, role: "img", "aria-label": chart.title});
    return {box, root, w, h, left: chart.strip ? 0 : 40, right: w - 2, top: 6, bottom: chart.strip ? h - 16 : h - 18};
  }
  function times(f, v) {
    const step = [10, 15, 20, 30, 60, 120, 300].find(s => s / range * (f.right - f.left) >= 75) || 600;
    const x = t => f.left + (t - v.start) / (v.end - v.start) * (f.right - f.left);
    for (let t = Math.ceil(v.start / 1000 / step) * step * 1000; t <= v.end; t += step * 1000) {
      if (x(t) < f.left + 25 || x(t) > f.right - 25) continue;
      svg("text", {x: x(t), y: f.h - 4, "text-anchor": "middle"}, f.root).textContent = clock(t);
    }
    return x;
  }
  function finish(f, x, v) {
    const p = cursor == null ? null : at(v);
    if (p) svg("line", {class: "cursor", x1: x(p[AT]), x2: x(p[AT]), y1: f.top, y2: f.bottom}, f.root);
    f.box.replaceChildren(f.root);
  }

  function plot(name, chart, v) {
    const f = frame(name, chart);
    let most = chart.limit ? chart.limit * 1.5 : 1;
    for (const s of chart.series) for (const p of v.points) most = Math.max(most, s.of(p) || 0);
    most = nice(most);
    const y = n => f.bottom - n / most * (f.bottom - f.top);
    for (let i = 0; i <= 2; i++) {
      const n = most * i / 2;
      svg("line", {class: "rule", x1: f.left, x2: f.right, y1: y(n), y2: y(n)}, f.root);
      svg("text", {x: f.left - 6, y: y(n) + 4, "text-anchor": "end"}, f.root).textContent = n >= 1000 ? n / 1000 + "k" : +n.toPrecision(2);
    }
    const x = times(f, v);
    for (const s of chart.series) lines(f, s, v, x, y);
    if (chart.limit) svg("line", {class: "limit", x1: f.left, x2: f.right, y1: y(chart.limit), y2: y(chart.limit)}, f.root);
    finish(f, x, v);
  }

  // lines draws a series, with a gap where nothing is known.
  function lines(f, s, v, x, y) {
    let path = "", area = "", first = null, last = null;
    const close = () => { if (first != null) area += `L${last} ${f.bottom}L${first} ${f.bottom}Z`; first = null; };
    for (const p of v.points) {
      const n = s.of(p);
      if (n == null) { close(); continue; }
      const px = x(p[AT]).toFixed(1), py = y(n).toFixed(1);
      path += (first == null ? "M" : "L") + px + " " + py;
      area += (first == null ? "M" : "L") + px + " " + py;
      if (first == null) first = px;
      last = px;
    }
    close();
    const key = " key-" + s.key;
    if (s.cover && area) svg("path", {class: "cover", d: area}, f.root);
    if (s.fill && area) svg("path", {class: "fill" + key, d: area}, f.root);
    if (path) svg("path", {class: "series" + key + (s.dash ? " dash" : ""), d: path}, f.root);
  }

  function strip(name, chart, v) {
    const f = frame(name, chart), x = times(f, v);
    for (let i = 0; i < v.points.length;) {
      let j = i + 1;
      while (j < v.points.length && v.points[j][CAUSE] === v.points[i][CAUSE]) j++;
      const from = i ? x(v.points[i - 1][AT]) : Math.max(f.left, x(v.points[0][AT]) - 2);
      svg("rect", {class: "seg cause-" + v.points[i][CAUSE], x: from, y: f.top, width: Math.max(1, x(v.points[j - 1][AT]) - from), height: f.bottom - f.top, rx: 2}, f.root);
      i = j;
    }
    finish(f, x, v);
  }

  function legends(v) {
    const p = at(v);
    if (!p) return;
    for (const [name, chart] of Object.entries(charts)) {
      const items = chart.series.map(s => {
        const li = el("li", s.label || s.name, "key-" + s.key);
        li.append(el("b", fmt((s.shown || s.of)(p)) + (s.unit || "")));
        return li;
      });
      if (chart.limit) { const li = el("li", "limit", "key-bad"); li.append(el("b", fmt(limit) + " ms")); items.push(li); }
      if (chart.strip) for (const c of [...new Set(v.points.map(q => q[CAUSE]))].sort((a, b) => a - b)) items.push(el("li", causes[c], "cause-" + c));
      $("legend-" + name).replaceChildren(...items);
    }
    if (cursor != null) $("reader").textContent = `${clock(p[AT])}: ${causes[p[CAUSE]]}, delay ${fmt(p[DELAY])} ms, ${fmt(p[RUNNABLE])} runnable, ${fmt(p[BUSY])} of ${fmt(p[CPUS])} processors, ${fmt(p[ADMITTED])} served and ${fmt(p[REJECTED])} turned away per second`;
  }

  function state(d) {
    const s = d.status, well = s.cause === "healthy";
    $("state").dataset.state = well ? "healthy" : "starving";
    if ($("cause").textContent !== s.cause) $("cause").textContent = s.cause;
    $("for").textContent = s.since > 0 ? "for " + length(Math.max(0, d.now - s.since)) : "";
    $("evidence").textContent = s.evidence;
  }

  function tiles(d) {
    const p = points[points.length - 1];
    if (!p) return;
    const recent = points.filter(q => q[AT] > p[AT] - 5000), mean = c => recent.reduce((s, q) => s + (q[c] || 0), 0) / recent.length;
    const a = d.status.actions, list = [
      ["delay", fmt(p[DELAY]), "ms"], ["runnable", fmt(p[RUNNABLE]), ""], ["GOMAXPROCS", p[PROCS], a.boost && a.boost.procs ? "boosted" : ""],
      ["processors used", fmt(p[BUSY]), "of " + fmt(p[CPUS])], ["served", fmt(mean(ADMITTED)), "/s"], ["turned away", fmt(mean(REJECTED)), "/s"],
      ["throttled, 5 s", fmt(recent.reduce((s, q) => s + q[THROTTLED], 0)), "ms"]];
    $("tiles").replaceChildren(...list.map(([name, value, unit]) => {
      const div = el("div"), dd = el("dd", value);
      if (unit) dd.append(el("small", unit));
      div.append(el("dt", name), dd);
      return div;
    }));
  }

  // rows fills a table.
  function rows(id, all, none) {
    const body = $(id).tBodies[0];
    if (!all.length) { const td = el("td", none, "none"); td.colSpan = 4; all = [[td]]; }
    body.replaceChildren(...all.map(cells => { const tr = el("tr"); tr.append(...cells); return tr; }));
  }
  function causeCell(name) { return el("td", name, "dot t cause-" + causes.indexOf(name)); }
  function tables(d) {
    const s = d.status;
    rows("events", s.events.map(e => [el("td", clock(e.at), "t"), causeCell(e.now), el("td", `${e.before}, ${length(e.lasted)}`, "t"), el("td", e.evidence)]), "nothing has happened yet");
    rows("totals", s.totals.map(t => [causeCell(t.cause), el("td", t.times, "n"), el("td", length(t.time), "n")]), "no sample yet");
    rows("actions", Object.entries(s.actions).map(([name, o]) => [el("td", name, "t"), el("td", Object.entries(o).filter(([, v]) => v !== "").map(([k, v]) => `${k.replace("_ms", " (ms)")} ${v}`).join(", "))]), "none is configured");
  }

  async function load() {
    try {
      const r = await fetch("data?since=" + next, {cache: "no-store"});
      if (!r.ok) throw new Error("status " + r.status);
      const d = await r.json();
      if (d.first < next) points = []; // the service has been started anew
      points.push(...d.points);
      points.splice(0, Math.max(0, points.length - MOST));
      next = d.first + d.points.length;
      causes = d.causes;
      late = 0;
      $("connection").textContent = "";
      if (!paused) { state(d); tiles(d); tables(d); draw(); }
    } catch (e) {
      if (++late > 3) $("connection").textContent = "No answer from the service: " + e.message;
    }
    setTimeout(load, EVERY);
  }

  function pause(on) {
    if (on && !paused) held = newest();
    paused = on;
    $("pause").setAttribute("aria-pressed", on);
    $("pause").textContent = on ? "Go on" : "Pause";
    if (!on) cursor = null;
  }
  // move puts the cursor on another point; the charts stand still meanwhile.
  function move(to) {
    const n = view().points.length;
    if (!n) return;
    pause(true);
    cursor = Math.max(0, Math.min(n - 1, to));
    draw();
  }

  for (const b of document.querySelectorAll("[data-range]")) b.addEventListener("click", () => {
    range = Number(b.dataset.range);
    cursor = null;
    for (const o of document.querySelectorAll("[data-range]")) o.setAttribute("aria-pressed", o === b);
    draw();
  });
  $("pause").addEventListener("click", () => { pause(!paused); draw(); });
  for (const name of Object.keys(charts)) {
    const box = $("chart-" + name);
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", charts[name].title + ": arrow keys read single points");
    box.addEventListener("keydown", e => {
      const n = view().points.length, from = cursor == null ? n - 1 : cursor;
      const to = {ArrowLeft: from - 1, ArrowRight: from + 1, PageUp: from - 20, PageDown: from + 20, Home: 0, End: n - 1}[e.key];
      if (to != null) { e.preventDefault(); move(to); }
      if (e.key === "Escape") { pause(false); draw(); }
    });
    box.addEventListener("click", e => {
      const v = view(), r = box.getBoundingClientRect(), left = charts[name].strip ? 0 : 40;
      const t = v.start + (e.clientX - r.left - left) / (r.width - left - 2) * (v.end - v.start);
      let best = 0;
      v.points.forEach((p, i) => { if (Math.abs(p[AT] - t) < Math.abs(v.points[best][AT] - t)) best = i; });
      move(best);
    });
  }
  document.addEventListener("keydown", e => {
    if (e.key === " " && e.target === document.body) { e.preventDefault(); pause(!paused); draw(); }
  });
  addEventListener("resize", draw);
  load();
})();
