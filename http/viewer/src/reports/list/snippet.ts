/** A piece of a snippet, and whether it is what was searched for. */
export interface SnippetPiece {
  text: string;
  isHit: boolean;
}

/** Takes a snippet of the server apart: hits stand between U+0002 and U+0003. */
export function piecesOfSnippet(snippet: string): readonly SnippetPiece[] {
  return snippet
    .split(/\u0002([^\u0003]*)\u0003?/)
    .map((text, index) => ({ text: text.replace(/[\u0002\u0003]/g, ''), isHit: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
