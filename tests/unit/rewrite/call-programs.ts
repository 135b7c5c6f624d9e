/** Random programs of functions that call each other, as text. */

/** Numbers from a seed. */
export function randomFrom(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Which calls there are: in rings as well, or only of functions before. */
export interface CallProgramOptions {
  readonly recursive: boolean;
  /** Whether some bodies have operations that are not registered, and some functions no body. */
  readonly odd: boolean;
  /** Whether there is only one block. */
  readonly flat?: boolean;
}

/** A module of functions `@f0`, `@f1`, … from two `i32` and an `i1` to two `i32`; the last is public. */
export function callProgram(
  random: (limit: number) => number,
  { recursive, odd, flat = false }: CallProgramOptions,
): string {
  const count = 2 + random(7);
  const signature = '(i32, i32, i1) -> (i32, i32)';
  const functions = Array.from({ length: count }, (_, at) => {
    const visibility = at === count - 1 ? '' : ['private ', 'private ', 'nested ', ''][random(4)];
    if (odd && at < count - 1 && random(12) === 0) return `func.func private @f${at}(i32, i32, i1) -> (i32, i32)`;
    const lines: string[] = [];
    const values = ['%a', '%b'];
    let last = 0;
    const any = (): string => values[random(values.length)] as string;
    const called = (): string => `@f${recursive ? random(count) : random(at)}`;
    const call = (into: string): string =>
      `${into}:2 = func.call ${called()}(${any()}, ${any()}, %c)${random(10) === 0 ? ' {no_inline}' : ''} : ${signature}`;
    const statement = (depth: number): void => {
      const own = `%v${last++}`;
      const kind = random(odd ? 13 : 12);
      if (kind < 5) lines.push(`${own} = arith.${['addi', 'muli', 'xori'][random(3)]} ${any()}, ${any()} : i32`);
      else if (kind < 9 && (recursive || at > 0)) {
        lines.push(call(own));
        values.push(`${own}#0`, `${own}#1`);
        return;
      } else if (kind < 11 && depth < 2 && !flat) {
        lines.push(`${own} = scf.if %c -> i32 {`);
        for (const end of ['} else {', '}']) {
          const outer = values.length;
          statement(depth + 1);
          statement(depth + 1);
          lines.push(`scf.yield ${any()} : i32`, end);
          values.length = outer;
        }
      } else if (kind === 12) lines.push(`${own} = "odd.op"(${any()}) : (i32) -> i32`);
      else lines.push(`${own} = arith.constant ${random(9)} : i32`);
      values.push(own);
    };
    for (let left = random(5); left > 0; left--) statement(0);
    if (!flat && random(3) === 0) {
      lines.push(`cf.cond_br %c, ^bb1(${any()} : i32), ^bb2`, '^bb1(%x: i32):');
      const outer = values.length;
      values.push('%x');
      statement(0);
      lines.push(`return ${any()}, ${any()} : i32, i32`, '^bb2:');
      values.length = outer;
      if (random(3) === 0) lines.push('cf.br ^bb3', '^bb3:');
      statement(0);
    }
    lines.push(`return ${any()}, ${any()} : i32, i32`);
    const attributes = random(8) === 0 ? ' attributes {no_inline}' : '';
    return `func.func ${visibility}@f${at}(%a: i32, %b: i32, %c: i1) -> (i32, i32)${attributes} {\n${lines.join('\n')}\n}`;
  });
  return `module {\n${functions.join('\n')}\n}`;
}
