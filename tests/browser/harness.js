// What every script of a test has: frames to look into, and a way to answer.
const complaints = [];
const complain = (text) => complaints.push(text);
const check = (condition, text) => condition || complain(text);
const answer = () => fetch("/answer", { method: "POST", body: JSON.stringify(complaints) });

// Opens a page in a frame and waits until it is loaded. A frame without scripts can still be looked into.
const open = (path, { scripts = true, width = 1200, height = 900 } = {}) =>
  new Promise((resolve) => {
    const frame = document.createElement("iframe");
    if (!scripts) frame.sandbox = "allow-same-origin";
    frame.width = width;
    frame.height = height;
    frame.onload = () => resolve(frame);
    frame.src = path;
    document.body.append(frame);
  });

// Waits until something is so, by the browser's own frames; gives up after some hundred of them.
const until = async (what, text) => {
  for (let turn = 0; turn < 300; turn++) {
    if (what()) return true;
    await new Promise((next) => requestAnimationFrame(next));
  }
  complain(`never happened: ${text}`);
  return false;
};

const run = (test) =>
  test().catch((error) => complain(`the test itself failed: ${error.stack ?? error}`)).finally(answer);

// Whether this is what an old address has: a refresh that leads where the one link of the page does, within the site.
const leadsOn = (meta) => {
  const links = meta.ownerDocument.querySelectorAll("a[href]");
  return meta.httpEquiv === "refresh" && links.length === 1 && links[0].origin === location.origin &&
    meta.content.replace(/^\d+; url=/, "") === links[0].getAttribute("href");
};

// Everything in a document that could run a script, besides the theme's own.
const dangers = (document) => {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    if (["iframe", "object", "embed", "base", "frame", "foreignobject", "animate", "set"].includes(name)) found.push(`<${name}>`);
    if (name === "meta" && element.httpEquiv && !leadsOn(element)) found.push("<meta http-equiv>");
    if (name === "style") found.push("<style>");
    if (name === "script" && !/^\/assets\/[a-z]+-[0-9a-f]+\.js$/.test(new URL(element.src || "x:", document.URL).pathname)) found.push("<script>");
    for (const { name: attribute, value } of element.attributes) {
      if (/^on/i.test(attribute) || attribute === "style" || attribute === "srcdoc") found.push(`${name}[${attribute}]`);
      if (["href", "src", "action", "formaction", "xlink:href", "srcset", "poster"].includes(attribute)) {
        const scheme = new URL(value, document.URL).protocol;
        if (!["http:", "https:", "mailto:"].includes(scheme)) found.push(`${name}[${attribute}=${value}]`);
      }
    }
  }
  return found;
};
