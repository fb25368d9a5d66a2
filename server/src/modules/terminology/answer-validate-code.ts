import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import { operationParameters, type OperationParameters } from '../../platform/operation-parameters.ts';
import type { Work } from '../../platform/work.ts';
import { readAskedValueSet } from './answer-expand.ts';
import { checkCodeInSystem, checkCodeInValueSet, type CheckOptions, type CodeCheck } from './check-code.ts';
import { codingsOf, parametersOf, part, refuseUnsupported, type Coding } from './parameters.ts';
import { readScope } from './read-scope.ts';
import { badTerminologyParameters, unknownCodeSystem } from './refusals.ts';
import { findCodeSystemById } from './store-code-systems.ts';

/** R4 ValueSet/$validate-code and CodeSystem/$validate-code, at the type and at an instance. */
export async function answerValidateCode(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const parameters = operationParameters(call);
  refuseUnsupported(parameters, ['context']);
  const options = { scope: readScope(work, parameters), abstract: parameters.flag('abstract') ?? false, language: parameters.text('displayLanguage') };
  const checks = call.type === 'CodeSystem' ? await checkInSystem(work, call, parameters, options) : await checkInValueSet(work, call, parameters, options);
  // Of a CodeableConcept one coding that is right is enough (R4 ValueSet/$validate-code, codeableConcept).
  const { result, message, display } = checks.find((check) => check.result) ?? checks[0]!;
  return { resource: parametersOf([part('result', 'Boolean', result), part('message', 'String', message?.[work.language]), part('display', 'String', display)]) };
}

async function checkInValueSet(work: Work, call: OperationCall, parameters: OperationParameters, options: CheckOptions): Promise<CodeCheck[]> {
  const codings = codingsOf(parameters, 'system');
  const content = await readAskedValueSet(work, call, parameters, options.scope);
  const checks: CodeCheck[] = [];
  for (const { system, version, code, display } of codings) {
    if (system === undefined) throw badTerminologyParameters('Say of which code system: system, or coding.system.');
    checks.push(await checkCodeInValueSet(work.db, content, { system, version, code, display }, options));
  }
  return checks;
}

async function checkInSystem(work: Work, call: OperationCall, parameters: OperationParameters, options: CheckOptions): Promise<CodeCheck[]> {
  if (parameters.resource('codeSystem') !== undefined) throw badTerminologyParameters('codeSystem is not taken with the call: store it and name it by url.');
  const named = call.id === undefined ? { url: parameters.text('url'), version: parameters.text('version') } : await systemOfRecord(work, call.id);
  const checks: CodeCheck[] = [];
  for (const coding of codingsOf(parameters, 'url')) {
    const url = named.url ?? coding.system;
    if (url === undefined) throw badTerminologyParameters('Say of which code system: url, or coding.system.');
    checks.push(isOfAnother(coding, url) ? ofAnotherSystem(coding, url) : await checkCodeInSystem(work.db, url, { ...given(coding), system: url, version: named.version ?? coding.version }, options));
  }
  return checks;
}

async function systemOfRecord(work: Work, id: string): Promise<{ url: string; version: string | undefined }> {
  const system = await findCodeSystemById(work.db, id);
  if (system === undefined || system.url === '') throw unknownCodeSystem(`CodeSystem/${id}`);
  return system;
}

function given({ code, display }: Coding & { readonly code: string }): { code: string; display: string | undefined } {
  return { code, display };
}

function isOfAnother({ system }: Coding, url: string): boolean {
  return system !== undefined && system !== url;
}

function ofAnotherSystem({ code }: Coding, url: string): CodeCheck {
  return { result: false, wrong: 'code', message: { vi: `Mã "${code}" không thuộc hệ thống mã ${url}.`, en: `The coding "${code}" is not of the code system ${url}.` } };
}
