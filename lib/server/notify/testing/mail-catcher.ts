import "server-only";
import net from "node:net";

interface CaughtMail {
  to: string[];
  data: string;
}

/** A mail server that keeps what it is sent; `onRecipient` is what it answers to RCPT TO. */
export interface MailCatcher {
  url: string;
  caught: CaughtMail[];
  onRecipient: string;
  close: () => void;
}

/** Speaks as much SMTP (RFC 5321) as a client needs that sends one message. */
function converse(socket: net.Socket, catcher: MailCatcher): void {
  let buffer = "";
  let data: string[] | null = null;
  let to: string[] = [];
  const say = (line: string) => void socket.write(`${line}\r\n`);
  const hear = (line: string) => {
    if (data) {
      if (line !== ".") return void data.push(line);
      catcher.caught.push({ to, data: data.join("\r\n") });
      [data, to] = [null, []];
      return say("250 kept");
    }
    const recipient = /^RCPT TO:<(.+)>/i.exec(line)?.[1];
    if (recipient !== undefined) {
      to.push(recipient);
      return say(catcher.onRecipient);
    }
    if (/^DATA/i.test(line)) {
      data = [];
      return say("354 go on");
    }
    say(/^QUIT/i.test(line) ? "221 bye" : "250 fine");
  };
  socket.on("error", () => undefined).setEncoding("utf8");
  socket.on("data", (chunk) => {
    buffer += String(chunk);
    const lines = buffer.split("\r\n");
    buffer = lines.pop() ?? "";
    lines.forEach(hear);
  });
  say("220 catcher");
}

export async function startMailCatcher(): Promise<MailCatcher> {
  const sockets = new Set<net.Socket>();
  const catcher: MailCatcher = {
    url: "",
    caught: [],
    onRecipient: "250 fine",
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
  const server = net.createServer((socket) => {
    sockets.add(socket);
    converse(socket, catcher);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  catcher.url = `smtp://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
  return catcher;
}
