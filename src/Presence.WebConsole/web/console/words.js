// What codes and tokens of the protocol say to people.

const statuses = {
  online: 'Online', chat: 'Free to chat', away: 'Away', xa: 'Away for long', busy: 'Busy', dnd: 'Do not disturb',
  offline: 'Offline', pending: 'Waits for their consent', refused: 'Refused', gone: 'There is no such address',
};

/** A status for people. Tokens that we do not know count as online and are shown as they are. */
export const statusText = status => statuses[status] ?? status;

const refusals = {
  403: 'They do not permit it.', 404: 'There is no such address.', 405: 'That is not possible here.',
  409: 'That exists already.', 413: 'That is too long.', 431: 'There are too many of them.',
  435: 'Address or password is wrong.', 426: 'This server wants https.',
  480: 'Not reachable now. The message was not kept.',
  484: 'That is no address.', 502: 'Their server is not known here.', 503: 'The server is overloaded.',
  504: 'Their server did not answer.',
};

/** Why something failed. */
export function faultText(fault) {
  return refusals[fault.code] ?? fault.message;
}

const endings = {
  replaced: 'You are logged in with this name of a device elsewhere.',
  deactivated: 'The account was removed, or an administrator has ended the session.',
  'password-changed': 'The password was changed.',
  'wrong-host': 'This server does not serve that domain.',
};

export const endingText = reason => endings[reason] ?? `The session has ended: ${reason}.`;

export const timeText = time => time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
