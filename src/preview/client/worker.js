// Listens to changes for all open pages, so that many of them use one connection. Each port is a page.
const ports = new Set();
let last;

addEventListener("connect", ({ ports: [port] }) => {
  ports.add(port);
  // A page that is left says so: nobody else would.
  port.onmessage = () => ports.delete(port);
  if (last !== undefined) port.postMessage(last);
});

function listen() {
  const source = new EventSource("/.modelfolio/events");
  source.onmessage = ({ data }) => {
    last = data;
    for (const port of ports) port.postMessage(data);
  };
  // A browser comes back by itself when a connection breaks, but not when it was refused.
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
}

listen();
