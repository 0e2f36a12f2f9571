const WIDTH = 860;

/** A page of SVG that follows the reader's light or dark mode. */
export function page(content: string, height: number, title: string): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${WIDTH}" height="${height}" rx="8"/>`,
    content,
    "</svg>",
    "",
  ].join("\n");
}

export function text(x: number, y: number, content: string, kind: string): string {
  return `<text class="${kind}" x="${x.toFixed(1)}" y="${y.toFixed(1)}">${escaped(content)}</text>`;
}

export function escaped(content: string): string {
  return content.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

const STYLE = `
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.small { font-size: 11.5px; fill: #59636e }
.title { font-size: 15px; font-weight: 600 }
.middle { text-anchor: middle }
.end { text-anchor: end }
.paper { fill: #fff }
.grid { stroke: #d1d9e0 }
.base { stroke: #59636e; stroke-width: 1.5 }
.series0 { fill: #0969da; stroke: #0969da; stroke-width: 2.2 }
.series1 { fill: #bc4c00; stroke: #bc4c00; stroke-width: 2.2 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc }
  .small { fill: #9198a1 }
  .paper { fill: #0d1117 }
  .grid { stroke: #3d444d }
  .base { stroke: #9198a1 }
  .series0 { fill: #4493f8; stroke: #4493f8 }
  .series1 { fill: #f0883e; stroke: #f0883e }
}
`;
