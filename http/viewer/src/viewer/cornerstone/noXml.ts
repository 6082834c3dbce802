/** Stands in for the library that vtk.js reads XML meshes with. */
export function create(): never {
  throw new Error('XML meshes are not read here');
}
