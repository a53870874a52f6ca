/* The web tool's only script: search, and the choice of regions. Without it every page is whole; it asks for nothing. */
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const words = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  // a word begins with what was written, or holds it: «cancer» finds «lungcancer»
  const has = (known, word) => known.some((w) => w.startsWith(word) || (word.length > 3 && w.includes(word)));
  // but «gotland» is not «östergötland»
  const begins = (known, word) => known.some((w) => w.startsWith(word));
  const make = (tag, text, parent, attributes = {}) => {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    parent.append(made);
    return made;
  };
  const count = (n, one, many) => `${n.toLocaleString("sv-SE")}\u00a0${n === 1 ? one : many}`;
  const listed = (parts) => parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} och ${parts.at(-1)}`;
  // the state lies after #, so that an address can be sent to a colleague
  const state = () => new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
  const keep = (hash) => history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);

  const search = (box) => {
    const known = window.vardSok, root = box.dataset.rot, fields = ["region", "dim", "omrade", "klass"];
    const folded = {
      regioner: known.regioner.map((r) => words(`${r[1]} ${r[2]} ${r[3]} ${r[0]}`)),
      omraden: known.omraden.map((a) => words(a[1])),
      matt: known.matt.map((m) => words(`${m[0]} ${known.omraden[m[1]][1]} ${m[3]}`)),
      namn: known.matt.map((m) => words(m[0])),
    };
    const option = (field, value, text, parent = $(`sok-${field}`)) => make("option", text, parent, { value });
    known.regioner.forEach((r) => option("region", r[0], r[1]));
    known.dimensioner.forEach(([number, name]) => option("dim", number, `${number} ${name}`));
    known.omraden.forEach((a) => option("omrade", a[0], a[1]));
    const groups = {};
    known.klasser.forEach(([question, name, shape], i) => {
      groups[question] ??= make("optgroup", "", $("sok-klass"), { label: question });
      option("klass", i, `${shape} ${name}`, groups[question]);
    });
    const shownClass = (i) => known.klasser[i] ? `${known.klasser[i][0].toLowerCase()}: ${known.klasser[i][1]}` : "";

    const find = () => {
      const wanted = words($("sok").value);
      const [region, dim, area, klass] = fields.map((f) => $(`sok-${f}`).value);
      const byRegion = (i) => !region || known.regioner[i][0] === region;
      const byArea = (i) => (!dim || String(known.omraden[i][2]) === dim) && (!area || known.omraden[i][0] === area);
      const aboutRegions = wanted.filter((w) => folded.regioner.some((known) => begins(known, w)));
      const all = (known) => wanted.every((w) => has(known, w));
      const asked = wanted.length || region || dim || area || klass;
      const only = !region && !klass;
      const regions = known.regioner.map((_, i) => i).filter((i) => wanted.length && only && !dim && !area && wanted.every((w) => begins(folded.regioner[i], w)));
      const areas = known.omraden.map((_, i) => i).filter((i) => wanted.length && only && byArea(i) && all(folded.omraden[i]));
      const indicators = known.matt.map((_, i) => i).filter((i) => asked && only && byArea(known.matt[i][1]) && all(folded.matt[i]));
      const inName = (i) => wanted.filter((w) => has(folded.namn[i], w)).length;
      indicators.sort((a, b) => inName(b) - inName(a) || a - b);
      const assessments = (aboutRegions.length || !only ? known.omdomen : []).filter(([m, u, , , ...rest]) =>
        byRegion(u) && byArea(known.matt[m][1]) && (!klass || rest.slice(0, 3).includes(Number(klass))) &&
        wanted.every((w) => begins(folded.regioner[u], w) || has(folded.matt[m], w)) &&
        (!only || wanted.some((w) => begins(folded.regioner[u], w))));
      return { asked, regions, areas, indicators, assessments };
    };

    const show = () => {
      const { asked, regions, areas, indicators, assessments } = find(), hits = $("sok-traffar");
      hits.replaceChildren();
      const part = (heading, found, most, row) => {
        if (!found.length) return;
        make("h2", heading, hits);
        const list = make("ul", "", hits, { class: "traffar", role: "list" });
        found.slice(0, most).forEach((one) => row(one, make("li", "", list)));
        if (found.length > most) make("p", `Visar ${most} av ${found.length.toLocaleString("sv-SE")}. Skriv mer eller välj för att se färre.`, hits, { class: "vem" });
      };
      const link = (href, text, li) => make("a", text, li, { href: root + href });
      part("Regioner", regions, 22, (i, li) => link(known.regioner[i][4], known.regioner[i][2], li));
      part("Områden", areas, 25, (i, li) => link(`matt/index.html#${known.omraden[i][0]}`, known.omraden[i][1], li));
      part("Mått", indicators, 30, (i, li) => {
        link(known.matt[i][2], known.matt[i][0], li);
        make("span", ` ${known.omraden[known.matt[i][1]][1]}`, li, { class: "vem" });
      });
      part("Omdömen", assessments, 50, ([m, u, value, when, nation, target, trend, place], li) => {
        const [name, , page, , report, anchor] = known.matt[m], unit = known.regioner[u];
        link(place === 1 ? `${unit[5]}/${report}.html#${anchor}` : `${page}#${place}`, `${unit[1]}: ${name}`, li);
        make("span", ` ${value} (${when}) `, li);
        [nation, target, trend].filter((i) => i >= 0).forEach((i) => {
          make("span", known.klasser[i][2], li, { class: `tkn ${known.klasser[i][3]}`, "aria-hidden": "true" });
          make("span", ` ${shownClass(i)} `, li, { class: "vem" });
        });
      });
      const told = [[regions, "region", "regioner"], [areas, "område", "områden"], [indicators, "mått", "mått"], [assessments, "omdöme", "omdömen"]]
        .filter(([found]) => found.length).map(([found, one, many]) => count(found.length, one, many));
      $("sok-antal").textContent = !asked ? "" : told.length ? `${listed(told)}.` : "Inga träffar. Pröva ett kortare ord, eller välj färre filter.";
      const kept = new URLSearchParams();
      if ($("sok").value.trim()) kept.set("q", $("sok").value.trim());
      fields.forEach((f) => { if ($(`sok-${f}`).value) kept.set(f, $(`sok-${f}`).value); });
      if (asked || location.hash.includes("=")) keep(kept.toString());
    };

    const restore = () => {
      const from = state();
      $("sok").value = from.get("q") ?? "";
      fields.forEach((f) => { $(`sok-${f}`).value = from.get(f) ?? ""; });
      show();
    };
    box.addEventListener("input", show);
    window.addEventListener("hashchange", () => { if (location.hash.includes("=")) restore(); });
    box.hidden = false;
    restore();
  };

  const compare = (box) => {
    const tables = [...document.querySelectorAll(".jamfortabell")];
    const boxes = [...box.querySelectorAll(".regionval input")], codes = boxes.map((b) => b.value);
    const fields = ["ord", "dim", "omrade", "klass"];
    const rows = tables.flatMap((table) => [...table.querySelectorAll("tbody tr")].map((row) => ({
      row, cells: [...row.cells], section: table.closest("section"), known: words(row.cells[0].querySelector("a").textContent),
    })));
    const heads = tables.map((table) => [...table.querySelector("thead tr").cells]);
    const chosen = () => boxes.filter((b) => b.checked).map((b) => b.value);
    // the first column is the indicator's name, the second Riket, and the regions follow in the order of the boxes
    const column = (code) => codes.indexOf(code) + 2;

    const show = () => {
      const picked = chosen(), columns = picked.map(column), wanted = words($("val-ord").value);
      const [, dim, area, klass] = fields.map((f) => $(`val-${f}`).value);
      boxes.forEach((b) => { b.disabled = picked.length >= 4 && !b.checked; });
      const visible = (i) => !picked.length || i < 2 || columns.includes(i);
      heads.forEach((cells) => cells.forEach((cell, i) => { cell.hidden = !visible(i); }));
      tables.forEach((table) => table.classList.toggle("vald", picked.length > 0));
      const sections = new Set();
      let left = 0;
      rows.forEach(({ row, cells, section, known }) => {
        const classes = cells.filter((_, i) => i > 1 && visible(i)).map((cell) => cell.dataset.k);
        const fits = wanted.every((w) => has(known, w)) && (!dim || section.dataset.dim === dim) &&
          (!area || row.dataset.a === area) && (!klass || classes.includes(klass)) &&
          (!$("val-olika").checked || (classes.includes("b") && classes.includes("s")));
        row.hidden = !fits;
        cells.forEach((cell, i) => { cell.hidden = !visible(i); });
        if (fits) { left += 1; sections.add(section); }
      });
      tables.forEach((table) => { const s = table.closest("section"); s.hidden = !sections.has(s); });
      const names = boxes.filter((b) => b.checked).map((b) => b.parentElement.textContent.trim());
      $("val-antal").textContent = `${count(left, "mått", "mått")}. ` +
        (names.length ? `${listed(names)} visas bredvid riket.` : "Alla regioner visas; välj två till fyra för att se dem bredvid varandra.");
      const kept = new URLSearchParams();
      fields.forEach((f) => { if ($(`val-${f}`).value.trim()) kept.set(f, $(`val-${f}`).value.trim()); });
      if ($("val-olika").checked) kept.set("olika", "1");
      const hash = [picked.join(","), kept.toString()].filter(Boolean).join("&");
      if (hash || /^#(\d\d|\w+=)/.test(location.hash)) keep(hash);
    };

    const restore = () => {
      const [first, ...rest] = location.hash.slice(1).split("&"), picked = /^[\d,]+$/.test(first) ? first.split(",") : [];
      const from = new URLSearchParams((picked.length ? rest : [first, ...rest]).join("&"));
      const four = picked.filter((code) => codes.includes(code)).slice(0, 4);
      boxes.forEach((b) => { b.checked = four.includes(b.value); });
      fields.forEach((f) => { $(`val-${f}`).value = from.get(f) ?? ""; });
      $("val-olika").checked = from.has("olika");
      show();
    };
    box.addEventListener("input", show);
    window.addEventListener("hashchange", () => { if (/^#(\d\d|\w+=)/.test(location.hash)) restore(); });
    box.hidden = false;
    restore();
  };

  const box = document.querySelector(".sokruta[data-rot]");
  if (box && window.vardSok) search(box);
  if ($("val")) compare($("val"));
})();
