// Atoms of UCUM (The Unified Code for Units of Measure, 2.1, §§ 28 to 46): case-sensitive code → what it is of other units. A code ending in
// `~` takes prefixes. Units of molar amount, equivalents, osmoles and arbitrary units (`[iU]`) are dimensions of their own here: between mass, amount,
// charge and effect no factor holds for all substances, and a wrong one would find the wrong patients.

/** Prefixes (§27) and their powers of ten. */
export const prefixes: Readonly<Record<string, number>> = {
  Y: 24, Z: 21, E: 18, P: 15, T: 12, G: 9, M: 6, k: 3, h: 2, da: 1, d: -1, c: -2, m: -3, u: -6, n: -9, p: -12, f: -15, a: -18, z: -21, y: -24,
};

/** Binary prefixes (§28), for information only. */
export const binaryPrefixes: Readonly<Record<string, number>> = { Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, Ti: 1024 ** 4 };

/** Base units, and what is kept apart like one: each is a dimension. */
export const bases: readonly string[] = [
  'm~', 's~', 'g~', 'rad~', 'K~', 'C~', 'cd~', 'mol~', 'eq~', 'osm~', 'bit~', 'B~', 'Np~',
  '[iU]~', '[arb\'U]', '[USP\'U]', '[GPL\'U]', '[MPL\'U]', '[APL\'U]', '[beth\'U]', '[anti\'Xa\'U]', '[todd\'U]', '[dye\'U]', '[smgy\'U]', '[bdsk\'U]',
  '[ka\'U]', '[knk\'U]', '[mclg\'U]', '[tb\'U]', '[CCID_50]', '[TCID_50]', '[EID_50]', '[PFU]', '[FFU]', '[CFU]', '[IR]', '[BAU]', '[AU]', '[Amb\'a\'1\'U]',
  '[PNU]', '[Lf]', '[D\'ag\'U]', '[FEU]', '[ELU]', '[EU]', '[pH]', '[hp_X]', '[hp_C]', '[hp_M]', '[hp_Q]', '[kp_X]', '[kp_C]', '[kp_M]', '[kp_Q]',
  '[p\'diop]', '[hnsf\'U]',
];

/** Derived units: `[factor, in units]`. Mass-independent by construction. */
export const derived: Readonly<Record<string, readonly [number, string]>> = {
  // dimensionless
  '10*': [10, '1'], '10^': [10, '1'], '[pi]': [Math.PI, '1'], '%': [0.01, '1'], '[ppth]': [1e-3, '1'], '[ppm]': [1e-6, '1'], '[ppb]': [1e-9, '1'], '[pptr]': [1e-12, '1'], '[HPF]': [1, '1'], '[LPF]': [100, '1'],
  // SI
  'sr~': [1, 'rad2'], 'Hz~': [1, '/s'], 'N~': [1, 'kg.m/s2'], 'Pa~': [1, 'N/m2'], 'J~': [1, 'N.m'], 'W~': [1, 'J/s'], 'A~': [1, 'C/s'], 'V~': [1, 'J/C'],
  'F~': [1, 'C/V'], 'Ohm~': [1, 'V/A'], 'S~': [1, '/Ohm'], 'Wb~': [1, 'V.s'], 'T~': [1, 'Wb/m2'], 'H~': [1, 'Wb/A'], 'lm~': [1, 'cd.sr'], 'lx~': [1, 'lm/m2'],
  'Bq~': [1, '/s'], 'Gy~': [1, 'J/kg'], 'Sv~': [1, 'J/kg'], 'kat~': [1, 'mol/s'], 'U~': [1e-6, 'mol/min'],
  // other units from ISO 1000 and ISO 2955
  'l~': [1, 'dm3'], 'L~': [1, 'dm3'], 'ar~': [100, 'm2'], 'min': [60, 's'], 'h': [60, 'min'], 'd': [24, 'h'], 'wk': [7, 'd'], 'a': [365.25, 'd'], 'a_j': [365.25, 'd'],
  'a_t': [365.24219, 'd'], 'a_g': [365.2425, 'd'], 'mo': [30.4375, 'd'], 'mo_j': [30.4375, 'd'], 'mo_g': [30.436875, 'd'], 'mo_s': [29.53059, 'd'],
  't~': [1000, 'kg'], 'bar~': [1e5, 'Pa'], 'u~': [1.6605402e-24, 'g'], 'eV~': [1.60217733e-19, 'J'], 'AU': [149597.870691, 'Mm'], 'pc~': [3.085678e16, 'm'],
  'deg': [Math.PI / 180, 'rad'], '\'': [1 / 60, 'deg'], '\'\'': [1 / 60, '\''], 'gon': [0.9, 'deg'], 'circ': [2 * Math.PI, 'rad'],
  // natural and CGS
  '[c]~': [299792458, 'm/s'], '[h]~': [6.6260755e-34, 'J.s'], '[k]~': [1.380658e-23, 'J/K'], '[g]~': [9.80665, 'm/s2'], '[e]~': [1.60217733e-19, 'C'], 'gf~': [1, 'g.[g]'],
  '[lbf_av]': [1, '[lb_av].[g]'], 'Ky~': [1, 'cm-1'], 'Gal~': [1, 'cm/s2'], 'dyn~': [1, 'g.cm/s2'], 'erg~': [1, 'dyn.cm'], 'P~': [1, 'dyn.s/cm2'], 'St~': [1, 'cm2/s'],
  'Ci~': [3.7e10, 'Bq'], 'R~': [2.58e-4, 'C/kg'], 'RAD~': [100, 'erg/g'], 'REM~': [1, 'RAD'], 'sb~': [1, 'cd/cm2'], 'ph~': [1e-4, 'lx'],
  // international, US and British
  '[in_i]': [2.54, 'cm'], '[ft_i]': [12, '[in_i]'], '[yd_i]': [3, '[ft_i]'], '[mi_i]': [5280, '[ft_i]'], '[fth_i]': [6, '[ft_i]'], '[nmi_i]': [1852, 'm'], '[kn_i]': [1, '[nmi_i]/h'],
  '[sin_i]': [1, '[in_i]2'], '[sft_i]': [1, '[ft_i]2'], '[syd_i]': [1, '[yd_i]2'], '[cin_i]': [1, '[in_i]3'], '[cft_i]': [1, '[ft_i]3'], '[mil_i]': [1e-3, '[in_i]'],
  '[ft_us]': [1200 / 3937, 'm'], '[yd_us]': [3, '[ft_us]'], '[in_us]': [1 / 12, '[ft_us]'], '[mi_us]': [5280, '[ft_us]'], '[acr_us]': [4046.872609874252, 'm2'],
  '[gal_us]': [231, '[in_i]3'], '[qt_us]': [0.25, '[gal_us]'], '[pt_us]': [0.5, '[qt_us]'], '[gil_us]': [0.25, '[pt_us]'], '[foz_us]': [0.25, '[gil_us]'], '[fdr_us]': [0.125, '[foz_us]'],
  '[min_us]': [1 / 60, '[fdr_us]'], '[cup_us]': [16, '[tbs_us]'], '[tbs_us]': [0.5, '[foz_us]'], '[tsp_us]': [1 / 3, '[tbs_us]'], '[cup_m]': [240, 'mL'], '[tbs_m]': [15, 'mL'],
  '[tsp_m]': [5, 'mL'], '[foz_m]': [30, 'mL'], '[gal_br]': [4.54609, 'l'], '[pt_br]': [0.125, '[gal_br]'], '[foz_br]': [0.05, '[pt_br]'],
  '[gr]': [64.79891, 'mg'], '[lb_av]': [7000, '[gr]'], '[oz_av]': [1 / 16, '[lb_av]'], '[dr_av]': [1 / 16, '[oz_av]'], '[ston_av]': [2000, '[lb_av]'], '[lton_av]': [2240, '[lb_av]'],
  '[stone_av]': [14, '[lb_av]'], '[oz_tr]': [480, '[gr]'], '[lb_tr]': [12, '[oz_tr]'], '[pwt_tr]': [24, '[gr]'], '[sc_ap]': [20, '[gr]'], '[dr_ap]': [3, '[sc_ap]'], '[oz_ap]': [8, '[dr_ap]'],
  '[lb_ap]': [12, '[oz_ap]'], '[oz_m]': [28, 'g'], '[lne]': [1 / 12, '[in_i]'], '[pnt]': [1 / 72, '[in_i]'],
  // heat, clinical
  'cal~': [4.184, 'J'], 'cal_th~': [4.184, 'J'], 'cal_IT~': [4.1868, 'J'], 'cal_m~': [4.19002, 'J'], 'cal_[15]~': [4.1858, 'J'], 'cal_[20]~': [4.1819, 'J'], '[Cal]': [1, 'kcal_th'],
  '[Btu]': [1.05505585262, 'kJ'], '[Btu_IT]': [1.05505585262, 'kJ'], '[Btu_th]': [1.05435, 'kJ'], '[HP]': [550, '[ft_i].[lbf_av]/s'],
  'm[Hg]~': [133.322, 'kPa'], 'm[H2O]~': [9.80665, 'kPa'], '[in_i\'Hg]': [1, 'm[Hg].[in_i]/m'], '[in_i\'H2O]': [1, 'm[H2O].[in_i]/m'], 'atm~': [101325, 'Pa'], 'att': [98066.5, 'Pa'],
  '[psi]': [1, '[lbf_av]/[in_i]2'], '[PRU]': [1, 'mm[Hg].s/ml'], '[wood\'U]': [1, 'mm[Hg].min/L'], '[drp]': [0.05, 'ml'], '[MET]': [3.5, 'mL/min/kg'], '[diop]': [1, '/m'], '[S]': [1e-13, 's'], '[car_m]': [0.2, 'g'],
  '[mesh_i]': [1, '/[in_i]'], 'Ao': [0.1, 'nm'], 'b~': [100, 'fm2'], 'st~': [1, 'm3'], 'By~': [8, 'bit'], 'Bd~': [1, '/s'], '[IU]~': [1, '[iU]'],
};

/** Units whose zero is not that of others (§21): value in kelvin = (value + shift) × factor. They stand alone. */
export const shifted: Readonly<Record<string, readonly [shift: number, factor: number, unit: string]>> = {
  Cel: [273.15, 1, 'K'], '[degF]': [459.67, 5 / 9, 'K'], '[degRe]': [218.52, 1.25, 'K'], '[degR]': [0, 5 / 9, 'K'],
};
