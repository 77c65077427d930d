import { type Fault, OperatorFault } from '../domain/index.ts';

const CURE = '写成 postgres://用户:密码@主机:5432/库名；密码里的 @ / # ? : 要写成 %40 %2F %23 %3F %3A';

/**
 * Host, port and database of an address: what an operator may read aloud. Throws OperatorFault for one whose parts are
 * not what they seem: a sign in a password that was not escaped makes a piece of it look like a host, a port or a name,
 * so nothing of such an address is shown.
 */
export function placeOf(databaseUrl: string): string {
  const url = parsed(databaseUrl);
  if (url === undefined) throw notAnAddress();
  const { hostname, port, pathname, searchParams } = url;
  return `postgres://${searchParams.get('host') ?? hostname}${port === '' ? '' : `:${port}`}${pathname}`;
}

export function notAnAddress(): OperatorFault {
  const fault: Fault = { where: 'FANZHA_DATABASE_URL', what: '地址写得不对', cure: CURE };
  return new OperatorFault('数据库打不开', [fault]);
}

/** The @ before the host is the last sign of userinfo: one further on means that the address was cut in the password. */
function parsed(databaseUrl: string): URL | undefined {
  try {
    const url = new URL(databaseUrl);
    const { username, password, pathname, search } = url;
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return /@/.test(pathname + search) || databaseUrl.includes('#') ? undefined : url;
  } catch {
    return undefined;
  }
}
