import { chengdu } from '@hehuo/community';

const UNKNOWN_STREET = '街道待录入';

/** An invented community in a real district, and 书院雅居 of the real case, which `ops story` plays. */
export interface DemoGround {
  readonly name: string;
  readonly estatesCsv: string;
  readonly gridsCsv: string;
  readonly householdsCsv: string;
}

export const DEMO_COMMUNITY = '合伙演示社区';
const DEMO_ESTATE = '演示院落';
const DEMO_COMMUNITY_LINE = `成都市,武侯区,${UNKNOWN_STREET},${DEMO_COMMUNITY},60,Asia/Shanghai,\n`;

export const COMMUNITIES_CSV = `${chengdu.CHENGDU_COMMUNITIES_CSV}${DEMO_COMMUNITY_LINE}`;
export const REGIONS_CSV = chengdu.CHENGDU_REGIONS_CSV;

export const DEMO_GROUND: DemoGround = {
  name: DEMO_COMMUNITY,
  estatesCsv: `estate\n${DEMO_ESTATE}\n`,
  gridsCsv: 'general_grid,micro_grid\n演示网格,演示微网格一\n演示网格,演示微网格二\n',
  householdsCsv: householdsCsv(),
};

export const STORY_GROUND: DemoGround = {
  name: chengdu.DEMO_COMMUNITY,
  estatesCsv: chengdu.DEMO_ESTATES_CSV,
  gridsCsv: chengdu.DEMO_GRIDS_CSV,
  householdsCsv: chengdu.demoHouseholdsCsv(),
};

/** Two buildings of five floors with six flats. */
function householdsCsv(): string {
  const doors = [1, 2].flatMap((building) =>
    [1, 2, 3, 4, 5].flatMap((floor) =>
      [1, 2, 3, 4, 5, 6].map(
        (flat) =>
          `${DEMO_ESTATE},${building}栋1单元${floor}0${flat},演示微网格${building === 1 ? '一' : '二'}`,
      ),
    ),
  );
  return `estate,door,micro_grid\n${doors.join('\n')}\n`;
}
