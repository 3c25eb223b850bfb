import { describe, expect, it } from '@jest/globals';
import { newId } from '@hehuo/kernel';
import fc from 'fast-check';
import { hasRole, provenLately, type Actor, type RoleGrant } from './actor.js';
import { ageClassOn, localDay, normalDate, plausibleBirth } from './age.js';
import { CONSENT_TERMS, isConsentKind } from './consent.js';
import { addressBucket, codeTriesMax, guessesADayMax, LIMITS } from './limits.js';
import { maskName, normalName } from './name.js';
import { isCreditCode, PARTNER_MACHINE, PARTNER_RULES } from './partner.js';
import { maskPhone, normalPhone } from './phone.js';
import { assertMayConfirm, assertMayGrant, ROLE_GRANT_MACHINE } from './role-grant.js';
import { deviceLabel } from './session.js';

const at = Date.UTC(2026, 0, 1);
const per = () => newId('per', at);
const actor = (...roles: RoleGrant[]): Actor => ({
  personId: per(),
  sessionId: newId('ses', at),
  roles,
  partnerIds: [],
  secondFactorAt: null,
});

describe('telephone numbers', () => {
  const phones = fc
    .tuple(fc.constantFrom('3', '4', '5', '6', '7', '8', '9'), fc.stringMatching(/^[0-9]{9}$/))
    .map(([second, rest]) => `1${second}${rest}`);

  it('are the same however they are written', () => {
    fc.assert(
      fc.property(phones, (phone) => {
        const spaced = `${phone.slice(0, 3)} ${phone.slice(3, 7)}-${phone.slice(7)}`;
        for (const written of [phone, `+86${phone}`, `+86 ${spaced}`, `0086${phone}`, spaced]) {
          expect(normalPhone(written)).toBe(phone);
        }
      }),
    );
  });

  it('are mainland mobiles in plain digits, and nothing else', () => {
    for (const bad of [
      '',
      '12345678901',
      '1381234567',
      '138123456789',
      '１３８１２３４５６７８',
      '+1 2025550123',
      '138-abcd-1234',
      "13812345678'--",
    ]) {
      expect(normalPhone(bad)).toBeNull();
    }
  });

  it('never show their middle', () => {
    fc.assert(
      fc.property(phones, (phone) => {
        const masked = maskPhone(phone);
        expect(masked).toMatch(/^1[0-9]{2}\*{4}[0-9]{4}$/);
        // Whoever shares first three and last four digits gets the same mask: the middle is not in it.
        expect(maskPhone(`${phone.slice(0, 3)}0000${phone.slice(7)}`)).toBe(masked);
      }),
    );
  });
});

describe('names', () => {
  const hanzi = fc
    .array(
      fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code)),
      { minLength: 1, maxLength: 20 },
    )
    .map((all) => all.join(''));

  it('show one character and not how many follow', () => {
    fc.assert(
      fc.property(hanzi, hanzi, (name, other) => {
        const masked = maskName(name);
        expect(masked).toBe(`${[...name][0]}**`);
        expect(maskName([...name][0] + other)).toBe(masked);
      }),
    );
    expect(maskName(null)).toBe('邻居');
    expect(maskName('𠮷野')).toBe('𠮷**');
  });

  it('take letters and refuse what only looks like a name', () => {
    expect(normalName(' 阿卜杜拉·买买提 ')).toBe('阿卜杜拉·买买提');
    expect(normalName("Anne-Marie  O'Neil")).toBe("Anne-Marie O'Neil");
    for (const bad of [
      '',
      '   ',
      '13812345678',
      '王\u200b五',
      '<b>王</b>',
      '=cmd()',
      '王'.repeat(41),
      '·王',
    ]) {
      expect(normalName(bad)).toBeNull();
    }
  });
});

describe('ages', () => {
  it('turn on the birthday', () => {
    expect(ageClassOn('2012-11-23', '2026-11-22')).toBe('child');
    expect(ageClassOn('2012-11-23', '2026-11-23')).toBe('teen');
    expect(ageClassOn('2008-11-24', '2026-11-23')).toBe('teen');
    expect(ageClassOn('2008-11-23', '2026-11-23')).toBe('adult');
    expect(ageClassOn('2008-02-29', '2026-02-28')).toBe('teen');
    expect(ageClassOn('2008-02-29', '2026-03-01')).toBe('adult');
  });

  it('never go back as days go by', () => {
    const order = ['child', 'teen', 'adult'];
    const day = fc
      .date({ min: new Date('1930-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, day, (birth, a, b) => {
        const [first, second] = [a, b].sort() as [string, string];
        expect(order.indexOf(ageClassOn(birth, first))).toBeLessThanOrEqual(
          order.indexOf(ageClassOn(birth, second)),
        );
      }),
    );
  });

  it('are read in the zone of the community', () => {
    const lateEvening = new Date('2026-11-22T16:00:00.000Z');
    expect(localDay(lateEvening, 'Asia/Shanghai')).toBe('2026-11-23');
    expect(localDay(new Date(lateEvening.getTime() - 1), 'Asia/Shanghai')).toBe('2026-11-22');
    expect(() => localDay(lateEvening, 'Mars/Olympus')).toThrow(RangeError);
  });

  it('come from real days', () => {
    expect(normalDate('2024-02-29')).toBe('2024-02-29');
    for (const bad of [
      '2023-02-29',
      '2024-13-01',
      '2024-00-10',
      '2024-4-1',
      '20240401',
      '２０２４-01-01',
      '1900-02-29',
    ]) {
      expect(normalDate(bad)).toBeNull();
    }
    expect(plausibleBirth('2026-11-24', '2026-11-23')).toBe(false);
    expect(plausibleBirth('1895-01-01', '2026-11-23')).toBe(false);
  });
});

describe('limits', () => {
  it('leave a guesser a chance of one in ten thousand a day', () => {
    expect(guessesADayMax()).toBeLessThanOrEqual(100);
    expect(LIMITS.codesOfPhoneAnHour.max * codeTriesMax).toBeLessThanOrEqual(25);
  });

  it('count a subscriber, however the address is written', () => {
    expect(addressBucket('::ffff:10.1.2.3')).toBe('10.1.2.3');
    expect(addressBucket('2001:DB8:0:1::5')).toBe(addressBucket('2001:db8:0000:0001:ffff:1:2:3'));
    expect(addressBucket('2001:db8::1')).not.toBe(addressBucket('2001:db8:0:2::1'));
  });
});

describe('roles', () => {
  const com = newId('com', at);
  const admin = () => actor({ role: 'platform_admin', communityId: null });

  it('count where they were granted', () => {
    const here = actor({ role: 'community_staff', communityId: com });
    expect(hasRole(here, 'community_staff', com)).toBe(true);
    expect(hasRole(here, 'community_staff', newId('com', at))).toBe(false);
    expect(hasRole(here, 'community_staff', null)).toBe(false);
    expect(hasRole(admin(), 'fund_approver', com)).toBe(false);
    expect(hasRole(actor({ role: 'auditor', communityId: null }), 'auditor', com)).toBe(true);
  });

  it('are not given to oneself, nor by somebody who is no admin', () => {
    const one = admin();
    expect(() => assertMayGrant(one, one.personId, 'auditor', null)).toThrow('to themselves');
    expect(() => assertMayGrant(actor(), per(), 'auditor', null)).toThrow('platform admin');
    expect(() => assertMayGrant(one, per(), 'fund_approver', null)).toThrow('one community');
    expect(() => assertMayGrant(one, per(), 'fund_approver', com)).not.toThrow();
  });

  it('over money need another admin', () => {
    const [first, second] = [admin(), admin()];
    const grant = { personId: per(), grantedBy: first.personId };
    expect(() => assertMayConfirm(first, grant)).toThrow('another admin');
    expect(() => assertMayConfirm(second, { ...grant, personId: second.personId })).toThrow('own role');
    expect(() => assertMayConfirm(second, grant)).not.toThrow();
    expect(ROLE_GRANT_MACHINE.isFinal('withdrawn')).toBe(true);
  });

  it('ask for a fresh proof where it counts', () => {
    const now = new Date('2026-11-23T12:00:00Z');
    const proven = (ageSeconds: number) =>
      provenLately({ ...actor(), secondFactorAt: new Date(now.getTime() - ageSeconds * 1000) }, now);
    expect([proven(300), proven(301), provenLately(actor(), now)]).toEqual([true, false, false]);
  });
});

describe('partners', () => {
  it('know their groups', () => {
    expect(PARTNER_RULES.enterprise.group).toBe('group');
    expect(PARTNER_RULES.artisan).toEqual({ group: 'independent', statuses: ['natural_person'] });
    expect(PARTNER_MACHINE.can('suspended', 'restore')).toBe(true);
    expect(PARTNER_MACHINE.can('refused', 'verify')).toBe(false);
  });

  it('check the credit code to its last character', () => {
    // Codes from the examples of GB 32100-2015, and one with two characters swapped.
    expect(isCreditCode('91350100M000100Y43')).toBe(true);
    expect(isCreditCode('91350100M000100Y34')).toBe(false);
    expect(isCreditCode('91350100M000100y43')).toBe(false);
  });
});

describe('labels', () => {
  it('name a device coarsely', () => {
    expect(deviceLabel('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0')).toBe(
      'iPhone · WeChat',
    );
    expect(deviceLabel('Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/120 Safari/537')).toBe(
      'Windows · Chrome',
    );
    expect(deviceLabel(undefined)).toBe('其他设备');
    expect(deviceLabel('<script>alert(1)</script>')).toBe('其他设备');
  });

  it('have a text in both languages for each consent', () => {
    for (const [kind, terms] of Object.entries(CONSENT_TERMS)) {
      expect(isConsentKind(kind)).toBe(true);
      expect(Object.values(terms.label).every((text) => text.length > 3)).toBe(true);
    }
    expect(isConsentKind('toString')).toBe(false);
  });
});
