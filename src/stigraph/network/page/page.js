"use strict";
// The page of a network: pan, zoom, search, pick an entry, walk to its neighbours. Everything that
// comes from the data is set as text or as an attribute, never as markup.
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const svg = byId("graph");
  const nodeOf = [...svg.querySelectorAll(".node")];
  const edgeOf = [...svg.querySelectorAll(".edges path")];
  const placeOf = new Map(data.nodes.map((node, place) => [node.id, place]));
  const joined = data.nodes.map(() => []);
  data.edges.forEach((edge, place) => {
    joined[placeOf.get(edge.source)].push(place);
    if (edge.source !== edge.target) joined[placeOf.get(edge.target)].push(place);
  });
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  let view = [...whole];
  let lang = document.documentElement.lang;
  let picked = -1;
  const hidden = new Set();

  const made = (name, text, attributes = {}) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const said = (ja, en) => (lang === "ja" ? ja : en);
  const label = (item) => item[`label_${lang}`] || item.label;

  // The view: what part of the picture is seen.
  const show = () => svg.setAttribute("viewBox", view.join(" "));
  const zoom = (factor, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) => {
    const width = Math.min(Math.max(view[2] * factor, whole[2] / 60), whole[2] * 3);
    const by = width / view[2];
    view = [x - (x - view[0]) * by, y - (y - view[1]) * by, width, view[3] * by];
    show();
  };
  const pan = (east, south) => {
    view[0] += east * view[2];
    view[1] += south * view[3];
    show();
  };
  const fit = () => { view = [...whole]; show(); };
  // At first as large as it can be with one side of the picture filling the window.
  const open = () => {
    const { width, height } = svg.getBoundingClientRect();
    if (!width || !height) return;
    const scale = Math.min(Math.max(width / whole[2], height / whole[3]), 1.2);
    view = [whole[0], whole[1], width / scale, height / scale];
    show();
  };
  const toPicture = (event) =>
    new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());

  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    const at = toPicture(event);
    zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, at.x, at.y);
  }, { passive: false });
  let held = null;
  svg.addEventListener("pointerdown", (event) => {
    held = { at: toPicture(event), moved: false, node: event.target.closest(".node") };
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!held) return;
    const at = toPicture(event);
    if (Math.hypot(at.x - held.at.x, at.y - held.at.y) > view[2] / 200) held.moved = true;
    if (!held.moved) return;
    view[0] -= at.x - held.at.x;
    view[1] -= at.y - held.at.y;
    show();
  });
  svg.addEventListener("pointerup", () => {
    if (held && !held.moved) pick(held.node ? Number(held.node.dataset.n) : -1);
    held = null;
  });
  const keys = {
    ArrowLeft: () => pan(-0.1, 0), ArrowRight: () => pan(0.1, 0),
    ArrowUp: () => pan(0, -0.1), ArrowDown: () => pan(0, 0.1),
    "+": () => zoom(1 / 1.25), "=": () => zoom(1 / 1.25), "-": () => zoom(1.25), 0: fit,
  };
  svg.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  byId("nearer").addEventListener("click", keys["+"]);
  byId("farther").addEventListener("click", keys["-"]);
  byId("fit").addEventListener("click", fit);

  // The picked entry: what is said of it, and where one can go from it.
  const link = (url) =>
    /^https?:\/\//.test(url) ? made("a", url, { href: url, rel: "noreferrer" }) : made("span", url);
  const fact = (list, name, ...values) => {
    if (!values.length || !values[0]) return;
    list.append(made("dt", name));
    for (const value of values) {
      const cell = made("dd");
      cell.append(value);
      list.append(cell);
    }
  };
  const span = (item) => [...new Set([item.start, item.end].filter(Boolean))].join(" – ");
  const step = (place, edge) => {
    const from = placeOf.get(edge.source) === place;
    const other = placeOf.get(from ? edge.target : edge.source);
    const button = made("button", `${from ? "→" : "←"} ${label(data.nodes[other])} `);
    const weight = edge.weight > 1 ? ` ${edge.weight.toLocaleString(lang)}` : "";
    button.append(made("small", [label(edge) + weight, span(edge)].filter(Boolean).join(" · ")));
    button.addEventListener("click", () => pick(other, true));
    const item = made("li");
    item.append(button);
    return item;
  };
  const tell = (place) => {
    const node = data.nodes[place];
    const list = made("dl");
    const other = lang === "ja" ? node.label_en : node.label_ja;
    fact(list, said("英語", "Japanese"), other === label(node) ? "" : other);
    fact(list, said("種別", "kind"), node.kind);
    fact(list, said("日付", "dates"), span(node));
    fact(list, "IRI", link(node.iri));
    fact(list, said("典拠", "evidence"), ...(node.evidence || "").split("; ").filter(Boolean).map(link));
    const steps = made("ul");
    for (const edge of joined[place]) {
      if (!edgeOf[edge].classList.contains("gone")) steps.append(step(place, data.edges[edge]));
    }
    const heading = made("h2", label(node), { tabindex: "-1" });
    byId("about").replaceChildren(heading, list, made("h2", said("つながり", "Links")), steps);
    return heading;
  };
  const pick = (place, move = false) => {
    picked = place;
    svg.classList.toggle("chosen", place >= 0);
    for (const element of svg.querySelectorAll(".near, .picked")) {
      element.classList.remove("near", "picked");
    }
    byId("about").replaceChildren();
    if (place < 0) return;
    nodeOf[place].classList.add("near", "picked");
    for (const edge of joined[place]) {
      edgeOf[edge].classList.add("near");
      nodeOf[placeOf.get(data.edges[edge].source)].classList.add("near");
      nodeOf[placeOf.get(data.edges[edge].target)].classList.add("near");
    }
    const heading = tell(place);
    if (!move) return;
    const { x, y } = data.nodes[place];
    view = [x - view[2] / 2, y - view[3] / 2, view[2], view[3]];
    show();
    heading.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && picked >= 0) pick(-1);
  });

  // What is shown: by colour, and by what is typed.
  const filter = () => {
    data.nodes.forEach((node, place) => {
      nodeOf[place].classList.toggle("gone", hidden.has(node.color));
    });
    data.edges.forEach((edge, place) => {
      const ends = [edge.source, edge.target].map((id) => data.nodes[placeOf.get(id)].color);
      edgeOf[place].classList.toggle("gone", ends.some((color) => hidden.has(color)));
    });
    search();
    if (picked >= 0) pick(hidden.has(data.nodes[picked].color) ? -1 : picked);
  };
  for (const box of document.querySelectorAll("#families input")) {
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(box.value); else hidden.add(box.value);
      filter();
    });
  }
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const search = () => {
    const wanted = plain(byId("wanted").value.trim());
    const found = [];
    data.nodes.forEach((node, place) => {
      const names = plain([node.label_ja, node.label_en, node.id].join("\n"));
      if (!hidden.has(node.color) && names.includes(wanted)) found.push(place);
    });
    found.sort((a, b) => label(data.nodes[a]).localeCompare(label(data.nodes[b]), lang));
    byId("count").textContent = said(`${found.length} 件`, `${found.length} found`);
    byId("list").replaceChildren(...found.map((place) => {
      const button = made("button", label(data.nodes[place]));
      button.addEventListener("click", () => pick(place, true));
      const item = made("li");
      item.append(button);
      return item;
    }));
    return found;
  };
  byId("wanted").addEventListener("input", search);
  byId("search").addEventListener("submit", (event) => {
    event.preventDefault();
    const found = search();
    if (found.length) pick(found[0], true);
  });

  // The language: of the labels in the picture and of the page's own words.
  const ems = (text) =>
    [...text].reduce((sum, c) => sum + (/[\u1100-\u11ff\u2e80-\uffef]/.test(c) ? 1 : 0.57), 0);
  const broken = (text, most) => {
    const lines = [""];
    for (const piece of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/gu) || []) {
      if (lines.at(-1) && ems(lines.at(-1) + piece) > most) lines.push("");
      lines[lines.length - 1] += piece;
    }
    return lines;
  };
  const speak = () => {
    document.documentElement.lang = lang;
    for (const element of document.querySelectorAll("[data-ja]")) {
      element.textContent = element.dataset[lang];
    }
    nodeOf.forEach((element, place) => {
      const lines = broken(label(data.nodes[place]), 27);
      for (const text of element.querySelectorAll("text")) {
        const first = text.firstElementChild;
        const y = data.nodes[place].y - lines.length * 7 + 10.9;
        text.replaceChildren(...lines.map((line, row) => {
          const part = first.cloneNode(false);
          part.setAttribute("y", y + row * 14);
          part.textContent = line;
          return part;
        }));
      }
    });
    filter();
  };
  byId("language").addEventListener("click", () => {
    lang = lang === "ja" ? "en" : "ja";
    speak();
  });

  const named = () => placeOf.get(decodeURIComponent(location.hash.slice(1)));
  window.addEventListener("hashchange", () => pick(named() ?? -1, true));
  for (const element of document.querySelectorAll("[data-script]")) element.hidden = false;
  search();
  open();
  if (named() !== undefined) pick(named(), true);
  document.documentElement.dataset.ready = `${nodeOf.length} ${edgeOf.length}`;
})();
