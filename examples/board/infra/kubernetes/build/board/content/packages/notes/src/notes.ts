/** What browsers and servers say to each other. */

export interface Note {
  author: string;
  text: string;
}

const LONGEST = 280;

/** The note in a message of a browser, or the reason why there is none. */
export function parse(message: string): Note | { error: string } {
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return { error: "A note is JSON." };
  }
  const { author, text } = (value ?? {}) as Record<string, unknown>;
  if (typeof author !== "string" || typeof text !== "string" || !author.trim() || !text.trim()) {
    return { error: "A note has an author and a text." };
  }
  if (text.length > LONGEST) {
    return { error: `A note has at most ${LONGEST} characters.` };
  }
  return { author: author.trim(), text: text.trim() };
}
