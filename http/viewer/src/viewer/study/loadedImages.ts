import { create } from 'zustand';

/** How many images of each series are in memory. */
export const useLoadedImages = create<Readonly<Record<string, number>>>(() => ({}));
