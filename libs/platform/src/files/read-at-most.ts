/** Reads a source into memory and no further than the limit, then throws what `tooMuch` makes. */
export async function readAtMost(
  source: AsyncIterable<Uint8Array>,
  bytesMax: number,
  tooMuch: () => Error,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw tooMuch();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}
