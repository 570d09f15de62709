import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { currentMachine } from '../../../src/evidence/machine';
import { linuxPower, macPowerOf, powerState } from '../../../src/evidence/power';

describe('the machine', () => {
  it('has a fingerprint that stays', () => {
    assert.match(currentMachine().fingerprint, /^[0-9a-f]{12}$/);
    assert.equal(currentMachine().fingerprint, currentMachine().fingerprint);
  });

  describe('its power, on Linux', () => {
    let root: string;
    beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'power-'))));
    afterEach(() => rmSync(root, { recursive: true }));
    const system = (files: Readonly<Record<string, string>>) => {
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, file)), { recursive: true });
        writeFileSync(join(root, file), `${text}\n`);
      }
      return linuxPower(root);
    };
    const supply = (name: string, fields: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(fields).map(([key, value]) => [`sys/class/power_supply/${name}/${key}`, value]));

    it('is unknown where nothing is said', () => assert.deepEqual(system({}), {}));
    it('is mains where that is plugged in', () => {
      assert.deepEqual(system({ ...supply('AC', { type: 'Mains', online: '1' }), ...supply('BAT0', { type: 'Battery', status: 'Charging' }) }), { source: 'mains' });
    });
    it('is the battery where that is emptied, and the governor is named', () => {
      const files = { ...supply('AC', { type: 'Mains', online: '0' }), ...supply('BAT0', { type: 'Battery', status: 'Discharging' }) };
      const governor = { 'sys/devices/system/cpu/cpu0/cpufreq/scaling_governor': 'powersave' };
      assert.deepEqual(system({ ...files, ...governor }), { source: 'battery', governor: 'powersave' });
    });
    it("is not that of a mouse", () => {
      assert.deepEqual(system(supply('mouse', { type: 'Battery', scope: 'Device', status: 'Discharging' })), {});
    });
  });

  it('its power, on macOS, is what pmset prints', () => {
    const battery = "Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t80%; discharging; 3:10 remaining\n";
    assert.deepEqual(macPowerOf(battery, ' lowpowermode         1\n'), { source: 'battery', governor: 'low power mode' });
    assert.deepEqual(macPowerOf("Now drawing from 'AC Power'\n", ' lowpowermode         0\n'), { source: 'mains' });
    assert.deepEqual(macPowerOf('', ''), {});
  });

  it('its power is not asked for on other systems', () => assert.deepEqual(powerState('win32'), {}));
});
