// Keeps an open page as it should be: at each change it asks what has become of the page, and does no more than it is told.
// It adds nothing to the page but an element for problems, which is closed to the page's own styles and scripts.
{
  const own = "/.modelfolio/";
  const { version: opened, worker } = document.currentScript.dataset;
  let version = opened;
  let asking = false;
  let again = false;

  // Pages allow no script to write markup or to choose scripts unless it is named here.
  const same = (text) => text;
  const rules = { createHTML: same, createScriptURL: same };
  const trusted = window.trustedTypes?.createPolicy("modelfolio-preview", rules) ?? rules;

  /* What has become of the page */

  async function ask() {
    // One question at a time; what happens meanwhile is one more.
    again = asking;
    if (asking) return;
    asking = true;
    try {
      const query = new URLSearchParams({ path: location.pathname, version }).toString().replaceAll("+", "%20");
      // Without an answer the preview is gone; whoever listens hears when it is back.
      const response = await fetch(`${own}state?${query}`).catch(() => undefined);
      if (response?.ok) await obey(await response.json());
    } finally {
      asking = false;
      if (again) ask();
    }
  }

  async function obey(news) {
    // Without a word on what else it shows, a page that differs can only be loaded again.
    const renewed =
      !news.reload ? !news.styles || (await renewStyles(news.styles)) : news.refresh && !news.styles && (await rewrite(news.version));
    if (!renewed || !(news.refresh ?? []).every(refresh)) return reload(news.version);
    version = news.version;
    if (news.styles) await remember(version);
    await showProblems(news.problems);
  }

  // A page that is loaded again and is not what it was to be would be loaded for ever.
  const wanted = sessionStorage.getItem("modelfolio-wanted");
  sessionStorage.removeItem("modelfolio-wanted");

  function reload(next) {
    if (version === opened && next === wanted) return console.warn("Modelfolio: this page does not become", next);
    sessionStorage.setItem("modelfolio-wanted", next);
    // The browser itself keeps the place to which the reader has scrolled, and what was typed.
    location.reload();
  }

  /* What can be renewed in place */

  // The page as it was sent, without what scripts and readers have made of it since. It is asked for once the page rests.
  let sent;
  addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(() => remember(opened)));

  async function remember(wanted) {
    // The script of a page with a form has read the page, and would not know what is written into it.
    sent = document.forms.length > 0 ? undefined : await askForPage(wanted);
    // Whoever watches from outside sees that the page is ready to be written into.
    if (sent) performance.mark("modelfolio-remembered");
  }

  // The page as it is sent now, when it has this version.
  async function askForPage(wanted) {
    const response = await fetch(location.href).catch(() => undefined);
    if (!response?.ok || response.redirected) return undefined;
    const page = new DOMParser().parseFromString(trusted.createHTML(await response.text()), "text/html");
    return page.querySelector(`script[src^="${own}"]`)?.dataset.version === wanted ? page : undefined;
  }

  // Writes what differs into the page: texts and attributes where it has the same elements, and whole elements where no
  // script or reader can have touched them. Readers keep their place and all that they have opened. Says whether that
  // could be done.
  async function rewrite(wanted) {
    if (!sent) return false;
    const next = await askForPage(wanted);
    const changes = [];
    if (!next || !compare(sent.documentElement, next.documentElement, document.documentElement, changes)) return false;
    for (const change of changes) change();
    sent = next;
    return true;
  }

  // What scripts act on, or readers.
  const live = "button, input, select, textarea, form, details, dialog, script, link, [data-copy]";

  // Gathers what makes `next` of `shown`, which was made of `old`. False when scripts have changed what is to be changed,
  // or would have to act on what is new.
  function compare(old, next, shown, changes) {
    if (old.isEqualNode(next)) return true;
    const before = changes.length;
    if (compareParts(old, next, shown, changes)) return true;
    const isPlain = (node) => node.nodeType === Node.ELEMENT_NODE && !node.matches(live) && !node.querySelector(live);
    if (!isPlain(old) || !isPlain(next) || !document.body.contains(shown) || !shown.isEqualNode(old)) return false;
    changes.length = before;
    changes.push(() => shown.replaceWith(document.importNode(next, true)));
    return true;
  }

  const isSame = (a, b) => a.nodeName === b?.nodeName && a.id === b.id && a.dataset?.id === b.dataset?.id;

  function compareParts(old, next, shown, changes) {
    if (!isSame(old, next) || !isSame(old, shown) || old.childNodes.length !== next.childNodes.length) return false;
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (shown.data !== old.data) return false;
      changes.push(() => (shown.data = next.data));
      return true;
    }
    if (old.localName === "script" || old.localName === "link") return old.getAttribute("src")?.startsWith(own) ?? false;
    for (const name of new Set([...old.getAttributeNames(), ...next.getAttributeNames()])) {
      const value = next.getAttribute(name);
      if (value === old.getAttribute(name)) continue;
      if (shown.getAttribute(name) !== old.getAttribute(name)) return false;
      changes.push(() => (value === null ? shown.removeAttribute(name) : shown.setAttribute(name, value)));
    }
    // Everything that stands beside what changes is where it was.
    const inPlace = [...old.childNodes].every((child, at) => isSame(child, shown.childNodes[at]));
    return inPlace && [...old.childNodes].every((child, at) => compare(child, next.childNodes[at], shown.childNodes[at], changes));
  }

  // The new sheet is put beside the old one, which goes when the new one is there: there is no moment without either.
  // A sheet is known by its path; one whose name changes with its bytes is the one that is left over.
  async function renewStyles(hrefs) {
    const path = (url) => new URL(url, document.baseURI).pathname;
    const links = [...document.querySelectorAll("link[rel~=stylesheet]")];
    const [lost] = links.filter((link) => !hrefs.some((href) => path(href) === path(link.href)));
    const renewed = hrefs.map((href) => {
      const old = links.find((link) => path(link.href) === path(href)) ?? lost;
      if (!old) return false;
      const link = old.cloneNode();
      link.href = href;
      if (link.href === old.href) return true;
      return new Promise((resolve) => {
        link.onload = () => {
          old.remove();
          resolve(true);
        };
        link.onerror = () => resolve(false);
        old.after(link);
      });
    });
    return links.length === hrefs.length && (await Promise.all(renewed)).every(Boolean);
  }

  // Gives every image and drawing from this path an address that the browser has not seen. Says whether that is all
  // that shows the file: a script, say, does not run twice.
  function refresh({ path, print }) {
    const named = ["href", "xlink:href", "src", "srcset", "poster", "data"];
    const isIt = (url) => new URL(url, document.baseURI).pathname === path;
    const places = [...document.querySelectorAll("[href], [*|href], [src], [srcset], [poster], [data]")].flatMap((element) =>
      named
        .filter((name) => element.localName !== "a" && element.hasAttribute(name))
        .filter((name) => element.getAttribute(name).split(name === "srcset" ? "," : "\0").some((url) => isIt(url.trim().split(" ")[0])))
        .map((name) => ({ element, name })),
    );
    const simple = ({ element, name }) =>
      ["use", "image"].includes(element.localName) || (element.localName === "img" && name === "src");
    if (places.length === 0 || !places.every(simple)) return false;
    for (const { element, name } of places) {
      const url = new URL(element.getAttribute(name), document.baseURI);
      element.setAttribute(name, `${url.pathname}?${print}${url.hash}`);
    }
    return true;
  }

  /* What is wrong */

  let shown = "";
  let host;

  // `problems` names what is wrong; empty, nothing is.
  async function showProblems(problems) {
    if (problems === shown) return;
    if (!problems) return hideProblems();
    const response = await fetch(`${own}problems`);
    const html = response.ok ? await response.text() : "";
    if (!html) return hideProblems();
    shown = problems;
    const dialog = await overlay();
    dialog.querySelector(".panel").innerHTML = trusted.createHTML(html);
    const pill = dialog.nextElementSibling;
    pill.textContent = dialog.querySelector("h1").textContent;
    // Whoever has hidden these on one page has seen them.
    if (sessionStorage.getItem("modelfolio-hidden") === problems) return;
    if (!dialog.open) dialog.showModal();
  }

  function hideProblems() {
    shown = "";
    // Closed first, so that the page has its focus back.
    host?.shadowRoot.querySelector("dialog").close();
    host?.remove();
    host = undefined;
  }

  // A dialog over the page, and a button that brings it back once it is hidden.
  async function overlay() {
    if (host) return host.shadowRoot.querySelector("dialog");
    host = document.createElement("div");
    const root = host.attachShadow({ mode: "open" });
    root.innerHTML = trusted.createHTML(`
      <link rel="stylesheet" href="${own}overlay.css">
      <dialog role="alertdialog" aria-labelledby="title" aria-describedby="note">
        <form method="dialog"><button>Hide <kbd>Esc</kbd></button></form>
        <div class="panel"></div>
      </dialog>
      <button class="pill" aria-haspopup="dialog"></button>`);
    const [style, dialog, pill] = root.children;
    dialog.addEventListener("close", () => sessionStorage.setItem("modelfolio-hidden", shown));
    pill.addEventListener("click", () => dialog.showModal());
    const styled = new Promise((resolve) => (style.onload = style.onerror = resolve));
    document.documentElement.append(host);
    await styled;
    return dialog;
  }

  /* Who says that something has changed */

  // One worker listens for all pages. Where there is none, a page listens itself as long as it is seen.
  let stop = () => {};
  function listen() {
    stop();
    if (window.SharedWorker) {
      const { port } = new SharedWorker(trusted.createScriptURL(worker));
      port.onmessage = ask;
      stop = () => port.postMessage("left");
    } else if (document.visibilityState === "visible") {
      const source = new EventSource(`${own}events`);
      source.onmessage = ask;
      // A browser comes back by itself when a connection breaks, but not when it was refused.
      source.onerror = () => source.readyState === EventSource.CLOSED && setTimeout(listen, 1000);
      stop = () => source.close();
    }
  }

  addEventListener("pagehide", () => stop());
  addEventListener("pageshow", (event) => event.persisted && listen());
  if (!window.SharedWorker) {
    document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? listen() : stop()));
  }
  listen();
}
