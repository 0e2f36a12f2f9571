import { once } from "node:events";
import * as tls from "node:tls";

/** What a client sees of a listener: the names in its certificate, and the version of TLS. */
export async function handshake(url: string, options: tls.ConnectionOptions = {}) {
  const port = Number(new URL(url).port);
  const socket = tls.connect({ port, host: "127.0.0.1", rejectUnauthorized: false, ...options });
  await once(socket, "secureConnect");
  const { subjectaltname: names = "" } = socket.getPeerCertificate();
  const shown = { names, tls: socket.getProtocol() };
  socket.destroy();
  return shown;
}
