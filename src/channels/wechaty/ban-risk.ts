import { OperatorFault } from '../../domain/index.ts';

/**
 * WeChat bans accounts that a program logs in to. Throws an OperatorFault that says so, unless the operator has said that he
 * knows it.
 */
export function assertBanRiskAccepted(accepted: boolean): void {
  if (accepted) return;
  throw new OperatorFault('微信个人号没有打开。先看清风险', [
    {
      where: '封号',
      what: '微信不许程序登录个人号。查到会限制登录，严重的永久封号',
      cure: '别用自己的号。用一个不绑银行卡的备用号',
    },
    { where: '正路', what: '公众号是微信允许的办法，不会封', cure: '改用 --channel official-account' },
    {
      where: '--channel wechat4u',
      what: '缺一个表示“知道风险”的参数',
      cure: '仍要用，就写 fanzha start --channel wechat4u --accept-ban-risk',
    },
  ]);
}
