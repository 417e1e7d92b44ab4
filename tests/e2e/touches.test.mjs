// Contacts: noted by two taps, taken back, put right, offered after a link was opened, kept together as one matter.
import assert from 'node:assert/strict';
import { SHOP, says, scene, seed, startVisit } from './harness.mjs';

const WITH_PHONE = { shops: `${SHOP},C1,周二` };
const toShop = async (stage) => {
  await stage.go('customers');
  await stage.page.locator('.listing a.row', { hasText: SHOP }).click();
  await stage.page.waitForSelector('.contact-tiles');
};
const touches = (page) => page.locator('.timeline-row', { hasText: '电话' });

scene('A call is noted by two taps, stands in the timeline, and is taken back by one', {}, async (stage, page) => {
  await seed(stage, WITH_PHONE);
  await toShop(stage);
  await page.locator('.contact-tiles .btn', { hasText: '打通了' }).click();
  await says(page.locator('.contact-done'), '记下了：电话 · 联系上了');
  await says(touches(page), '联系上了');
  await page.locator('.contact-done .btn', { hasText: '撤销' }).click();
  await touches(page).waitFor({ state: 'detached' });
  await page.reload();
  await page.waitForSelector('.contact-tiles');
  assert.equal(await touches(page).count(), 0);
});

scene('A contact in full is kept over a reload, saved, and put right', {}, async (stage, page) => {
  await seed(stage, WITH_PHONE);
  await toShop(stage);
  await page.locator('.contact-tiles .btn', { hasText: '更多' }).click();
  await page.waitForSelector('#touch-note');
  await page.locator('.choice', { hasText: '没人接' }).click();
  await page.fill('#touch-note', '响了很久');
  await page.waitForSelector('.form-kept .icon');
  await page.reload();
  await page.waitForSelector('#touch-note');
  assert.equal(await page.inputValue('#touch-note'), '响了很久');
  await page.locator('details summary').click();
  await page.fill('#touch-minutes', '很久');
  await page.locator('.form-foot .btn-primary').click();
  await says(page.locator('#touch-minutes-hint'), '填整数分钟');
  await page.fill('#touch-minutes', '2');
  await page.locator('.form-foot .btn-primary').click();
  await says(touches(page), '没人接');
  await says(touches(page), '响了很久');
  await touches(page).click();
  await page.waitForSelector('#touch-note');
  await page.fill('#touch-note', '后来接了');
  await page.locator('.choice', { hasText: '联系上了' }).click();
  await page.locator('.form-foot .btn-primary').click();
  await says(touches(page), '后来接了');
  assert.equal(await touches(page).count(), 1, 'the old one is replaced');
});

scene('After a call by the link the app offers to note it, also after a reload, and takes no for an answer', {}, async (stage, page) => {
  await seed(stage, WITH_PHONE);
  await toShop(stage);
  await page.locator('.detail-head a[href$=edit]').click();
  await page.fill('#shop-phone', '13800138000');
  await page.locator('.form-foot .btn-primary').click();
  const call = page.locator('a[href="tel:13800138000"]');
  await call.waitFor();
  // The phone's own dialler is not to be opened here.
  const press = () => call.evaluate((link) => {
    link.addEventListener('click', (event) => event.preventDefault(), { once: true });
    link.click();
  });
  await press();
  await page.reload();
  await says(page.locator('.offer-bar'), `刚才联系了 ${SHOP}（电话）`);
  await page.locator('.offer-bar .btn', { hasText: '没人接' }).click();
  await page.locator('.offer-bar').waitFor({ state: 'detached' });
  await says(touches(page), '没人接');
  await press();
  await page.reload();
  await page.locator('.offer-bar .btn', { hasText: '没联系' }).click();
  await page.locator('.offer-bar').waitFor({ state: 'detached' });
  await page.reload();
  await page.waitForSelector('.contact-tiles');
  assert.equal(await page.locator('.offer-bar').count(), 0);
  assert.equal(await touches(page).count(), 1);
  // On the way in, from the visit itself.
  await startVisit(stage, SHOP, 'meet');
  await press();
  await stage.go();
  await says(page.locator('.offer-bar'), `刚才联系了 ${SHOP}（电话）`);
});

scene('A complaint is opened, its contacts stand under it, and it is closed with what came of it and opened again', {}, async (stage, page) => {
  await seed(stage, WITH_PHONE);
  await toShop(stage);
  await page.locator('.follow-contacts a', { hasText: '联系记录和事情' }).click();
  await page.locator('.btn', { hasText: '新的事情' }).click();
  await page.locator('dialog .btn-primary').click();
  await says(page.locator('#episode-title-hint'), '要填');
  await page.fill('#episode-title', '酸奶胀包');
  await page.keyboard.press('Enter');
  await says(page.locator('.episode'), '投诉');
  await page.locator('.contact-tiles .btn', { hasText: '更多' }).click();
  await page.locator('.choice', { hasText: '酸奶胀包' }).click();
  await page.fill('#touch-note', '答应换货');
  await page.locator('.form-foot .btn-primary').click();
  await page.locator('.follow-contacts a', { hasText: '联系记录和事情' }).click();
  await says(page.locator('.episode .timeline-row'), '答应换货');
  await page.locator('.episode .btn', { hasText: '结束这件事' }).click();
  await page.locator('dialog .choice', { hasText: '没谈成' }).click();
  await page.locator('dialog .btn-primary').click();
  await says(page.locator('#episode-why-hint'), '要填');
  await page.fill('#episode-why', '厂家不认');
  await page.locator('dialog .btn-primary').click();
  await says(page.locator('.episode'), '没谈成');
  await says(page.locator('.episode'), '厂家不认');
  await page.locator('.episode .btn', { hasText: '重新打开' }).click();
  await says(page.locator('.episode'), '结束这件事');
});
