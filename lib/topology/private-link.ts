import { sameId, subscriptionOf } from '../azure/ids.ts';
import { type Evidence, reading } from '../evidence/evidence.ts';
import { privateLinkService } from '../evidence/questions/private-link-service.ts';
import { privateLinkServices } from '../evidence/questions/private-link-services.ts';
import { Reading } from '../evidence/reading.ts';
import { outOfSight } from './gone.ts';
import type { PrivateLinkService } from './model.ts';

/** The Private Link services whose traffic comes in at a frontend. */
export function privateLinkServicesAt(evidence: Evidence, frontendId: string): Reading<readonly PrivateLinkService[]> {
  return reading(evidence, privateLinkServices, subscriptionOf(frontendId)).andThen((list) => {
    if (list.gone) return outOfSight(list);
    const own = list.value.filter(({ loadBalancerFrontendIpConfigurations: frontends = [] }) =>
      frontends.some(({ id }) => sameId(id, frontendId)),
    );
    return Reading.all(own.map(({ id }) => reading(evidence, privateLinkService, id))).map((answers) =>
      answers.flatMap((read): readonly PrivateLinkService[] =>
        read.gone
          ? []
          : [
              {
                source: { answer: read.answer },
                id: read.value.id,
                name: read.value.name,
                enableProxyProtocol: read.value.enableProxyProtocol,
              },
            ],
      ),
    );
  });
}
