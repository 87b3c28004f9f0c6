/** Tries expressions where nothing else waits for it. It says first that it begins, then how it ended. */
onmessage = ({ data: { pattern, address } }: MessageEvent<{ pattern: string; address: string }>) => {
  postMessage('unknown');
  try {
    postMessage(new RegExp(pattern).test(address) ? 'yes' : 'no');
  } catch {
    postMessage('invalid');
  }
};
