// What the node holds now, and what it has counted, with the rate since the last look.

import { byId, element, setText, syncList } from '../console/dom.js';

const number = new Intl.NumberFormat('en');
const perSecond = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const octets = count => count < 10_000 ? `${number.format(count)} B` : `${number.format(Math.round(count / 1024))} KiB`;

export class StatisticsView {
  #before = null;

  draw(stats) {
    const now = performance.now();
    const { counted } = stats;
    const before = this.#before;
    const rate = name => before === null ? ''
      : `${perSecond.format((counted[name] - before.counted[name]) / (now - before.at) * 1000)} / s`;
    const tiles = [
      ['Users', number.format(stats.users)],
      ['Sessions', number.format(stats.sessions), `${number.format(stats.parked)} wait to be resumed`],
      ['Connections', number.format(stats.connections), rate('connections')],
      ['Watches', number.format(stats.watches)],
      ['Queued events', number.format(stats.queued.events), `${number.format(stats.queued.unsent)} unsent`],
      ['Queued octets', octets(stats.queued.octets)],
      ['Requests', number.format(counted.requests), rate('requests')],
      ['Refused', number.format(counted.refused), rate('refused')],
      ['Failed', number.format(counted.failed), rate('failed')],
      ['Batches', number.format(counted.batches), rate('batches')],
      ['Notices', number.format(counted.notices), rate('notices')],
    ];
    this.#before = { counted, at: now };
    syncList(byId('statistics'), tiles, ([name]) => name, makeTile, updateTile);
    setText(byId('node-name'), stats.gateway);
    setText(byId('node-since'), `since ${new Date(stats.started).toLocaleString()}`);
    setText(byId('node-state'), stats.isDraining ? 'Takes nobody any more' : 'Serves');
    byId('node-state').dataset.state = stats.isDraining ? 'ended' : 'online';
  }
}

const makeTile = ([name]) => element('div', {},
  element('dt', {}, name),
  element('dd', {}, element('span', {}), element('span', { className: 'rate' })));

function updateTile(tile, [, value, remark = '']) {
  const [shown, rate] = tile.querySelectorAll('span');
  setText(shown, value);
  setText(rate, remark);
}
