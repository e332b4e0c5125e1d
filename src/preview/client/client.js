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
    if (news.reload) return reload(news.version);
    const changed = (!news.styles || (await renewStyles(news.styles))) && (news.refresh ?? []).every(refresh);
    if (!changed) return reload(news.version);
    version = news.version;
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
