/** The people of the tests, by name; each has the same password. */
export const people = {
  rita: { role: 'radiologist', fullName: 'Rita Radiologist' },
  ravi: { role: 'radiologist', fullName: 'Ravi Radiologist' },
  tom: { role: 'technician', fullName: 'Tom Technician' },
  vera: { role: 'viewer', fullName: 'Vera Viewer' },
  max: { role: 'facility_manager', fullName: 'Max Manager' },
} as const;

/** Who may log in. */
export type UserName = keyof typeof people | 'admin';

export const password = 'every good boy 4 does fine';
