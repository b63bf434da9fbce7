import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

const env = { incoming: { socket: { remoteAddress: '10.0.0.1' } } };
const from = (forwarded?: string) =>
  new Request('http://x', { headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } });

test('without proxies the address is that of the connection, whatever the request says', () => {
  expect(clientAddress(0)(from('1.2.3.4'), env)).toBe('10.0.0.1');
  expect(clientAddress(0)(from(), undefined)).toBe('unknown');
});

test('behind proxies it is what the outermost of them saw, not what the caller wrote before', () => {
  expect(clientAddress(1)(from('6.6.6.6, 1.2.3.4'), env)).toBe('1.2.3.4');
  expect(clientAddress(2)(from('6.6.6.6, 1.2.3.4, 10.0.0.2'), env)).toBe('1.2.3.4');
  expect(clientAddress(1)(from(), env)).toBe('10.0.0.1');
});
