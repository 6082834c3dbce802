const signs: Readonly<Record<string, string>> = {
  mm2: 'mm²',
  mm3: 'mm³',
  cm2: 'cm²',
  cm3: 'cm³',
  deg: '°',
  "[hnsf'U]": 'HU',
  'mGy.cm': 'mGy·cm',
  'mg/cm3': 'mg/cm³',
  'g/ml{SUVbw}': 'SUVbw',
  '{pixels}': 'px',
  '1': '',
};

/** Returns a unit (UCUM) as people write it; empty for a plain number. */
export function unitSign(unit: string): string {
  return signs[unit] ?? unit.replace(/^\{(.*)\}$/, '$1');
}

/** Returns a number that is written already with the sign of its unit, `space` between them. */
export function withUnit(number: string, sign: string, space = ' '): string {
  if (sign === '') return number;
  return number + (sign === '°' ? '' : space) + sign;
}
