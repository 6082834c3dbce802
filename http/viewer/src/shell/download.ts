/** Has the browser save what an address gives; of a blob's address under this name. */
export function downloadFrom(address: string, name = ''): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

/** Has the browser save these bytes under this name. */
export function downloadBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  downloadFrom(address, name);
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
