/** No line of a record comes near this; it only bounds the memory that a wrong file can take. */
const longestLine = 64 * 1024 * 1024;

/** Cuts bytes into lines, chunk by chunk. */
export interface LineCutter {
  /** The lines that end in this chunk, each with its line feed. */
  push(chunk: Uint8Array): string[];
  /** What is left: a last line without line feed, or nothing. */
  end(): string[];
}

/**
 * Cuts bytes into lines. One byte is read as one character: a record is pure ASCII, so whatever
 * else stands in it (a byte order mark, UTF-8, broken UTF-8) is seen, and refused.
 */
export function createLineCutter(): LineCutter {
  const decoder = new TextDecoder('latin1');
  let open = '';
  return {
    push(chunk) {
      const end = chunk.lastIndexOf(0x0a) + 1;
      if (end === 0) {
        open += decoder.decode(chunk);
        if (open.length > longestLine) throw new Error('a line is too long for a record');
        return [];
      }
      const whole = open + decoder.decode(chunk.subarray(0, end));
      open = decoder.decode(chunk.subarray(end));
      return cut(whole);
    },
    end: () => (open === '' ? [] : [open]),
  };
}

function cut(whole: string): string[] {
  const lines: string[] = [];
  for (let from = 0; from < whole.length; ) {
    const end = whole.indexOf('\n', from) + 1;
    lines.push(whole.slice(from, end));
    from = end;
  }
  return lines;
}
