import { t } from 'i18next';
import { create } from 'zustand';
import type { ChosenFile } from './collect';
import { UploadQueue, type UploadItem } from './queue';
import { sendFiles } from './send';

interface UploadView {
  items: readonly UploadItem[];
  studies: readonly string[];
  isActive: boolean;
  /** Grows with each change: items change in place. */
  version: number;
  isOpen: boolean;
}

/** What the page shows of the uploads. */
export const useUploads = create<UploadView>(() => ({
  items: [],
  studies: [],
  isActive: false,
  version: 0,
  isOpen: false,
}));

const refreshEvery = 100;
let timer: ReturnType<typeof setTimeout> | undefined;

function show(): void {
  timer ??= setTimeout(() => {
    timer = undefined;
    const { items, studies, isActive } = uploads;
    useUploads.setState(({ version }) => ({ items, studies, isActive, version: version + 1 }));
  }, refreshEvery);
}

/** The uploads of this page. */
export const uploads = new UploadQueue(sendFiles, show, () => t('upload:unanswered'));

/** Sends these files and shows how far they are. */
export function upload(files: readonly ChosenFile[]): void {
  if (files.length === 0) return;
  uploads.add(files);
  useUploads.setState({ isOpen: true });
}

export function openUploads(isOpen: boolean): void {
  useUploads.setState({ isOpen });
}

addEventListener('beforeunload', (event) => {
  if (uploads.isActive) event.preventDefault();
});
