/** The notes in Redis, which all instances share. */
import { parse, type Note } from "@board/notes";
import { createClient } from "redis";

const KEY = "notes";
const NEW = "new";
const KEPT = 50;

export class Store {
  readonly #client;
  readonly #subscriber;

  constructor(url: string) {
    // Heroku requires TLS, with a certificate that it signs itself.
    const tls = url.startsWith("rediss:");
    this.#client = createClient({ url, socket: tls ? { tls, rejectUnauthorized: false } : {} });
    this.#subscriber = this.#client.duplicate();
    for (const each of [this.#client, this.#subscriber]) {
      each.on("error", (error: Error) => console.error("Redis:", error.message));
    }
  }

  async connect(added: (note: Note) => void): Promise<void> {
    await Promise.all([this.#client.connect(), this.#subscriber.connect()]);
    await this.#subscriber.subscribe(NEW, (message) => added(JSON.parse(message) as Note));
  }

  async add(note: Note): Promise<void> {
    const text = JSON.stringify(note);
    await this.#client.multi().rPush(KEY, text).lTrim(KEY, -KEPT, -1).publish(NEW, text).exec();
  }

  async all(): Promise<Note[]> {
    const found = (await this.#client.lRange(KEY, 0, -1)).map(parse);
    return found.filter((each): each is Note => !("error" in each));
  }

  async ping(): Promise<void> {
    await this.#client.ping();
  }
}
