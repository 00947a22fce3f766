// Draws pictures with Mermaid, as pages with GitHub's settings do. Standard input: a JSON list of sources. Standard
// output: for each one its title, description and the text of its labels, or its error.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const from = createRequire(`${process.argv[2]}/`);
const { JSDOM } = from('jsdom');
const dom = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true });
Object.assign(globalThis, { window: dom.window, document: dom.window.document, CSSStyleSheet: dom.window.CSSStyleSheet });
// jsdom has no layout: all labels are equally large.
dom.window.SVGElement.prototype.getBBox = () => ({ x: 0, y: 0, width: 100, height: 20 });
dom.window.SVGElement.prototype.getComputedTextLength = () => 100;
const path = `${process.argv[2]}/node_modules/mermaid/dist/mermaid.core.mjs`;
const { default: mermaid } = await import(pathToFileURL(path).href);
mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });

const drawn = [];
for (const [index, source] of JSON.parse(readFileSync(0, 'utf8')).entries()) {
  try {
    await mermaid.parse(source);
    const { svg } = await mermaid.render(`picture${index}`, source);
    const page = new dom.window.DOMParser().parseFromString(svg, 'text/html');
    for (const each of page.querySelectorAll('br')) each.replaceWith('\n');
    const all = (selector) => [...page.querySelectorAll(selector)].map((each) => each.textContent);
    drawn.push({
      title: page.querySelector('svg > title')?.textContent,
      description: page.querySelector('svg > desc')?.textContent,
      labels: all('span.nodeLabel'),
      edges: all('span.edgeLabel'),
      elements: [...new Set([...page.querySelectorAll('foreignObject *')].map((each) => each.localName))],
    });
  } catch (error) {
    drawn.push({ error: String(error?.message ?? error) });
  }
}
process.stdout.write(JSON.stringify(drawn));
