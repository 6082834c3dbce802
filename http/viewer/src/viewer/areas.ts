/** The language files of the viewer. Each feature has its own; a command's or panel's text is found in any of them. */
export const viewerAreas = [
  'viewer',
  'annotations',
  'documents',
  'export',
  'volume',
  'segmentation',
  'analyses',
] as const;
