// Builds twin.html's screen with DOM calls.
'use strict';

const SVG = 'http://www.w3.org/2000/svg';
const ICONS = {
  sun: 'M8 12a4 4 0 1 0 8 0a4 4 0 1 0-8 0M12 2v2M12 20v2m-7.07-17.07 1.41 1.41m11.32 11.32 1.41 1.41M2 12h2m16 0h2M6.34 17.66l-1.41 1.41M19.07 4.93l-1.41 1.41',
  store: 'M15 21v-5a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v5M4 10.95V19a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-8.05M2.3 7.1 5.2 2.9A2 2 0 0 1 7 2h10a2 2 0 0 1 1.65.87l2.9 4.2',
  milk: 'M8 2h8M9 2v2.8a4 4 0 0 1-.7 2.2l-.6 1A4 4 0 0 0 7 10.2V20a2 2 0 0 0 2 2h6a2 2 0 0 0 2-2v-9.8a4 4 0 0 0-.7-2.2l-.6-1A4 4 0 0 1 15 4.8V2M7 15a6.5 6.5 0 0 1 5 0 6.5 6.5 0 0 0 5 0',
  menu: 'M4 5h16M4 12h16M4 19h16',
  plus: 'M5 12h14M12 5v14',
  upload: 'M12 3v12M17 8l-5-5-5 5M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4',
  play: 'M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z',
  phone: 'M7 2h10a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zM12 18h.01',
};

function fill(made, attributes, children) {
  for (const name in attributes) made.setAttribute(name, attributes[name]);
  made.append(...children);
  return made;
}
const html = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
const icon = (name) => svg('svg', { class: 'icon', 'aria-hidden': 'true', viewBox: '0 0 24 24' }, svg('path', { d: ICONS[name] }));

const today = new Date();
const date = `${today.getMonth() + 1}月${today.getDate()}日 周${'日一二三四五六'[today.getDay()]}`;

document.body.append(
  html('a', { class: 'skip', href: '#content' }, '跳到内容'),
  html('nav', { class: 'dock', 'aria-label': '主菜单' }, ...[['sun', '今天'], ['store', '客户'], ['milk', '商品'], ['menu', '更多']].map(([sign, name]) =>
    html('a', { href: '#' }, icon(sign), html('span', {}, name)))),
  html('header', { class: 'head' }, html('h1', {}, '今天'), html('span', {}, date)),
  html('main', { class: 'first', id: 'content' },
    html('div', { class: 'words' },
      svg('svg', { class: 'picture', viewBox: '0 0 232 152', 'aria-hidden': 'true' },
        svg('path', { class: 'frame', d: 'M8 2v146M224 2v146M2 64h228v10H2zM2 134h228v10H2zM38 12h12v10l6 8v34H32V30l6-8zM70 12h12v10l6 8v34H64V30l6-8zM34 102l8-12h28l8 12v32H34zM34 102h44M56 90v12' }),
        svg('path', { class: 'gap', d: 'M110 12h12v10l6 8v34h-24V30l6-8zM142 12h12v10l6 8v34h-24V30l6-8zM172 24h40v40h-40zM92 102l8-12h24l8 12v32H92zM154 94h52v40h-52z' }),
        svg('g', { class: 'tag' }, svg('rect', { x: 96, y: 56, width: 58, height: 28, rx: 6 }), svg('text', { x: 125, y: 76, 'text-anchor': 'middle' }, '+5'))),
      html('h2', {}, '先加一家店'),
      html('p', {}, '点清架上有多少，算出该进多少。数字讲得清，老板才肯进货。')),
    html('div', { class: 'actions' },
      html('a', { class: 'btn btn-primary', href: '#' }, icon('plus'), '加第一家店'),
      html('a', { class: 'btn', href: '#' }, icon('upload'), '导入名单'),
      html('button', { class: 'btn', type: 'button' }, icon('play'), '用示范数据试试'),
      html('p', { class: 'note' }, icon('phone'), '不用注册，不用联网，数据只在这台设备上'))),
);
