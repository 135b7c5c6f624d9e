/** Mutations of MLIR text: of bytes, of tokens, of bracketed ranges and of lines. */
import type { Random } from '../../check/random.ts';
import { attributes, names, nests, numbers, types } from './fragments.ts';
import { classOf, rangesOf, tokensOf } from './tokens.ts';

/** A mutation takes a text and another one to borrow from; texts have one character a byte. */
export type Mutation = (text: string, other: string, random: Random) => string;

/** A text with the characters `from` up to `to` replaced. */
const replaced = (text: string, from: number, to: number, by: string): string =>
  text.slice(0, from) + by + text.slice(to);

/** NUL, a byte that no UTF-8 has, line ends, a byte order mark, a cut and an overlong sequence, a separator. */
const oddBytes = ['\0', '\xff', '\r', '\r\n', '\xef\xbb\xbf', '\xc3', '\xc0\x80', '\xe2\x80\xa8', '\xed\xa0\x80', '\t'];

/** Cuts the text off, or writes it with other line ends, on one line, after a byte order mark, or twice. */
const mutateWhole = (text: string, random: Random): string => {
  switch (random.below(6)) {
    case 0:
      return text.replaceAll('\n', '\r\n');
    case 1:
      return text.replaceAll(/\n */g, ' ');
    case 2:
      return `\xef\xbb\xbf${text}`;
    case 3:
      return `${text}\n${text}`;
    default:
      return text.slice(0, random.below(text.length + 1));
  }
};

/** Flips a bit, or deletes, repeats, inserts or borrows a few bytes. */
export const mutateBytes: Mutation = (text, other, random) => {
  const at = random.below(text.length + 1);
  const end = at + 1 + random.below(random.once(4) ? 64 : 4);
  switch (random.below(7)) {
    case 0:
      return replaced(text, at, at + 1, String.fromCharCode((text.charCodeAt(at) || 0) ^ (1 << random.below(8))));
    case 1:
      return replaced(text, at, end, '');
    case 2:
      return replaced(text, at, at, text.slice(at, end));
    case 3:
      return replaced(text, at, at, random.pick(oddBytes));
    case 4:
      return replaced(text, at, at + 1, String.fromCharCode(33 + random.below(94)));
    case 5:
      return mutateWhole(text, random);
    default: {
      const from = random.below(other.length);
      return replaced(text, at, end, other.slice(from, from + end - at));
    }
  }
};

const isBlank = (token: string): boolean => classOf(token) === 'blank';
/** The index of a token that is no blank, mostly. */
function place(tokens: readonly string[], random: Random): number {
  const at = random.below(tokens.length);
  return isBlank(tokens[at] ?? '') && at + 1 < tokens.length ? at + 1 : at;
}
/** A token of another text, of the same class where one is met soon. */
function alike(token: string, others: readonly string[], random: Random): string {
  const wanted = classOf(token);
  let candidate = '';
  for (let attempt = 0; attempt < 12; attempt++) {
    candidate = others[place(others, random)] ?? '';
    if (candidate !== token && classOf(candidate) === wanted) break;
  }
  return candidate;
}

/** Deletes, repeats, swaps, renames, nests or replaces tokens. */
export const mutateTokens: Mutation = (text, other, random) => {
  const tokens = tokensOf(text);
  if (tokens.length === 0) return other;
  const at = place(tokens, random);
  const token = tokens[at] as string;
  const put = (by: string): string => {
    tokens[at] = by;
    return tokens.join('');
  };
  switch (random.below(12)) {
    case 0:
      return put('');
    case 1:
      return put(`${token}${random.once(2) ? ' ' : ''}${token}`);
    case 2: {
      const second = place(tokens, random);
      const moved = tokens[second] as string;
      tokens[second] = token;
      return put(moved);
    }
    case 3:
      return put(alike(token, tokens, random));
    case 4:
      return put(random.pick(tokensOf(other).concat('')));
    case 5:
      return put(alike(token, tokensOf(other), random));
    case 6: {
      const number = tokens.findIndex((one, index) => index >= at && classOf(one) === 'number');
      if (number < 0) return put(random.pick(numbers));
      tokens[number] = random.pick(numbers);
      return tokens.join('');
    }
    case 7:
      return put(/^[%^@#!]/.test(token) ? `${token[0]}${random.pick(names)}` : random.pick(names));
    case 8: {
      const by = random.once(2) ? alike(token, tokens, random) : alike(token, tokensOf(other), random);
      return tokens.map((one) => (one === token ? by : one)).join('');
    }
    case 9:
      return put(random.pick(types));
    case 10:
      return put(random.pick(attributes));
    default: {
      const [open, close] = random.pick(nests);
      // Depths beyond every budget cost time, so most are small.
      const depth = 1 << random.below(random.once(16) ? 17 : 4);
      return put(open.repeat(depth) + token + close.repeat(random.once(8) ? 0 : depth));
    }
  }
};

/** Deletes, empties, repeats, swaps or replaces what stands between brackets, the brackets included. */
export const mutateRanges: Mutation = (text, other, random) => {
  const tokens = tokensOf(text);
  const ranges = rangesOf(tokens);
  if (ranges.length === 0) return mutateTokens(text, other, random);
  const { open, close } = random.pick(ranges);
  const [before, inside, after] = [tokens.slice(0, open), tokens.slice(open, close + 1), tokens.slice(close + 1)];
  const put = (by: string): string => before.join('') + by + after.join('');
  const bracket = tokens[open] as string;
  switch (random.below(7)) {
    case 0:
      return put('');
    case 1:
      return put(`${bracket}${tokens[close]}`);
    case 2:
      return put(inside.join('') + (random.once(2) ? ', ' : ' ') + inside.join(''));
    case 3:
      return put(inside.slice(1, -1).join(''));
    case 4:
      return put(random.pick(random.once(2) ? types : attributes));
    default: {
      const borrowed = random.once(2) ? tokens : tokensOf(other);
      const choices = rangesOf(borrowed).filter((range) => borrowed[range.open] === bracket);
      if (choices.length === 0) return put('');
      const from = random.pick(choices);
      return put(borrowed.slice(from.open, from.close + 1).join(''));
    }
  }
};

/** Deletes, repeats, moves or borrows a line, which mostly is an operation. */
export const mutateLines: Mutation = (text, other, random) => {
  const lines = text.split('\n');
  const at = random.below(lines.length);
  const line = lines[at] as string;
  const to = random.below(lines.length);
  switch (random.below(5)) {
    case 0:
      lines.splice(at, 1);
      break;
    case 1:
      lines.splice(to, 0, line);
      break;
    case 2:
      lines[at] = lines[to] as string;
      lines[to] = line;
      break;
    case 3:
      lines.splice(at, 0, random.pick(other.split('\n')));
      break;
    default:
      lines.splice(at, 1 + random.below(5));
  }
  return lines.join('\n');
};

const typeWord = /^(?:[su]?i\d+|t?b?f\d\w*|index|none)$/;

/** Changes what a module says and hardly ever how it is written: attributes, types everywhere, locations. */
export const mutateMeaning: Mutation = (text, _, random) => {
  const tokens = tokensOf(text);
  const all = (is: (token: string, at: number) => boolean): readonly number[] =>
    tokens.flatMap((token, at) => (is(token, at) ? [at] : []));
  switch (random.below(5)) {
    case 0: {
      const places = all((token) => typeWord.test(token));
      if (places.length === 0) break;
      const old = tokens[random.pick(places)];
      const by = random.pick(types);
      const everywhere = !random.once(4);
      const only = random.pick(places);
      return tokens.map((token, at) => ((everywhere ? token === old : at === only) ? by : token)).join('');
    }
    case 1: {
      const places = all((token, at) => token === '=' && classOf(tokens[at - 2] ?? '') !== '%');
      if (places.length === 0) break;
      const from = random.pick(places) + 1;
      let depth = 0;
      let to = from;
      for (; to < tokens.length; to++) {
        const token = tokens[to] as string;
        if ('([{<'.includes(token)) depth++;
        else if (depth === 0 && ')]}>,\n'.includes(token)) break;
        else if (')]}>'.includes(token)) depth--;
      }
      tokens.splice(from, to - from, ` ${random.pick(attributes)}`);
      return tokens.join('');
    }
    case 2: {
      const places = all((token) => token === '{');
      if (places.length === 0) break;
      const at = random.pick(places);
      const key = random.pick(
        random.once(2)
          ? names
          : all((token) => classOf(token) === 'word')
              .map((i) => tokens[i] as string)
              .concat('a'),
      );
      tokens[at] = `{${key} = ${random.pick(attributes)}${tokens[at + 1] === '}' ? '' : ', '}`;
      return tokens.join('');
    }
    case 3: {
      const places = all((token) => token.includes('\n'));
      if (places.length === 0) break;
      const at = random.pick(places);
      tokens[at] = ` ${random.pick(attributes.filter((attribute) => attribute.startsWith('loc(')))}${tokens[at]}`;
      return tokens.join('');
    }
    default:
  }
  const words = all((token) => /[%^@\w]/.test(token[0] as string));
  if (words.length < 2) return text;
  const [one, two] = [tokens[random.pick(words)], tokens[random.pick(words)]] as [string, string];
  if (classOf(one) !== classOf(two)) return text;
  return tokens.map((token) => (token === one ? two : token === two ? one : token)).join('');
};

const mutations: readonly Mutation[] = [
  ...[mutateBytes, mutateTokens, mutateTokens, mutateRanges, mutateRanges, mutateLines],
  ...[mutateMeaning, mutateMeaning, mutateMeaning],
];
/** Texts are not mutated further beyond this many bytes. */
const longest = 1 << 16;

/** A text after one mutation or a few. */
export function mutated(text: string, other: () => string, random: Random): string {
  do {
    text = random.pick(mutations)(text, other(), random);
  } while (text.length < longest && random.once(2));
  return text;
}
