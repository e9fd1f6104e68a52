import cliProgress from 'cli-progress';

export interface Progress {
  step(by?: number): void;
  done(): void;
}

/**
 * Shows how far a long step has come: a bar on a terminal, plain lines (one each quarter) otherwise.
 */
export function startProgress(label: string, total: number, out = process.stderr): Progress {
  if (total === 0) return { step: () => {}, done: () => {} };
  return out.isTTY ? bar(label, total, out) : lines(label, total, out);
}

function bar(label: string, total: number, stream: NodeJS.WriteStream): Progress {
  const shown = new cliProgress.SingleBar({
    stream,
    hideCursor: true,
    format: `${label.padEnd(28)} {bar} {value}/{total} · {eta_formatted} left`,
  });
  shown.start(total, 0);
  return { step: (by = 1) => shown.increment(by), done: () => shown.stop() };
}

function lines(label: string, total: number, out: NodeJS.WritableStream): Progress {
  let done = 0;
  let shown = 0;
  return {
    step: (by = 1) => {
      done += by;
      const quarter = Math.floor((4 * done) / total);
      if (quarter === shown) return;
      shown = quarter;
      out.write(`${label}: ${done}/${total}\n`);
    },
    done: () => {},
  };
}
