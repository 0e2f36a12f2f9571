/** A file in an archive. */
export interface ArchivedFile {
  readonly name: string;
  readonly content: Buffer;
  readonly executable?: boolean;
}

const BLOCK = 512;

/**
 * A tar archive. It has nothing of this machine in it, so its bytes are the same everywhere, and everyone can check a
 * release against its source.
 */
export function tar(files: readonly ArchivedFile[]): Buffer {
  const blocks = files.flatMap((file) => [header(file), padded(file.content)]);
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
}

/** The header's fields of POSIX.1-1988 that programs read, with numbers in octal. */
function header({ name, content, executable = false }: ArchivedFile): Buffer {
  if (Buffer.byteLength(name) > 100) throw new Error(`${name} is too long for a tar archive`);
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0);
  block.write(octal(executable ? 0o755 : 0o644, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(content.length, 11), 124);
  block.write(octal(0, 11), 136);
  block.write("0", 156);
  block.write("ustar\u000000", 257);
  // For the checksum, its own field counts as spaces.
  block.fill(" ", 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\u0000 `, 148);
  return block;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}
