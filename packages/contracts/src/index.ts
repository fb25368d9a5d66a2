export * from './chart.ts';
export * from './patients.ts';
export { permissions, type Permission } from './permissions.ts';
export { contract, type BodyOf, type ParamsOf, type QueryOf, type ResponseOf, type RouteContract } from './route.ts';
export * from './session.ts';
