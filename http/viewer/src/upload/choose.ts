import { chosenFiles } from './collect';
import { upload } from './store';

/** Asks for files (ZIPs among them) or for a whole folder, and uploads what is chosen. */
export function chooseFiles(what: 'files' | 'folder'): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.webkitdirectory = what === 'folder';
  input.onchange = () => upload(chosenFiles(input.files ?? []));
  input.click();
}
