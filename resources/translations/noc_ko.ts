<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>actions</name>
    <message>
        <source>Views</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>Next that needs you</source>
        <translation>다음 처리 필요 경보</translation>
    </message>
    <message>
        <source>Next part</source>
        <translation>다음 영역</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Go to a device, place or alarm</source>
        <translation>장비, 장소 또는 경보로 이동</translation>
    </message>
    <message>
        <source>Filter or search of this view</source>
        <translation>이 화면의 필터 또는 검색</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>앞으로</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>창의 다음 영역</translation>
    </message>
    <message>
        <source>Previous part of the window</source>
        <translation>창의 이전 영역</translation>
    </message>
    <message>
        <source>Previous that needs you</source>
        <translation>이전 처리 필요 경보</translation>
    </message>
    <message>
        <source>Open the cause of the row, or what the banner tells</source>
        <translation>행의 원인 또는 배너의 호출 열기</translation>
    </message>
    <message>
        <source>Acknowledge what the banner tells</source>
        <translation>배너의 호출 확인</translation>
    </message>
    <message>
        <source>Undo (10 s)</source>
        <translation>실행 취소 (10초)</translation>
    </message>
    <message>
        <source>Ask the device now</source>
        <translation>장비 즉시 조회</translation>
    </message>
    <message>
        <source>Theme: dark, light, high contrast</source>
        <translation>테마: 어둡게, 밝게, 고대비</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>글자 크게</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>글자 작게</translation>
    </message>
    <message>
        <source>This view in the whole window, or back</source>
        <translation>이 화면을 창 전체로, 또는 되돌리기</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>All keys of this place</source>
        <translation>이 화면의 모든 단축키</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
</context>
<context>
    <name>advice</name>
    <message>
        <source>Read the fingerprint of {device} at its own console</source>
        <translation>{device} 자체 콘솔에서 지문 확인</translation>
    </message>
    <message>
        <source>Compare it and trust it: noc-console trust</source>
        <translation>비교 후 신뢰 등록: noc-console trust</translation>
    </message>
    <message>
        <source>Until then no Xid of {device} is seen: a lost GPU shows only by its missing values</source>
        <translation>그때까지 {device}의 Xid를 볼 수 없음: GPU 이탈은 값 누락으로만 드러남</translation>
    </message>
    <message>
        <source>Let the account read the kernel log: group systemd-journal, or kernel.dmesg_restrict = 0</source>
        <translation>계정에 커널 로그 읽기 허용: systemd-journal 그룹 또는 kernel.dmesg_restrict = 0</translation>
    </message>
    <message>
        <source>Look at its curve: how long has it gone on, and does it go on?</source>
        <translation>추이 확인: 언제부터 계속되며, 지금도 계속되는가?</translation>
    </message>
    <message>
        <source>Compare with what stands beside {device}: one part, or the whole row?</source>
        <translation>{device} 주변과 비교: 한 부분인가, 열 전체인가?</translation>
    </message>
    <message>
        <source>Compare {component} with its neighbours: load, air, cable, slot</source>
        <translation>{component}을(를) 옆과 비교: 부하, 공기, 케이블, 슬롯</translation>
    </message>
    <message>
        <source>Swap it with a neighbour: does the difference go with it?</source>
        <translation>옆 부품과 교체: 차이가 함께 옮겨 가는가?</translation>
    </message>
    <message>
        <source>Ask what has changed: load, settings, a move</source>
        <translation>변경 사항 확인: 부하, 설정, 이전 작업</translation>
    </message>
    <message>
        <source>If this is how it is from now on: it is learned within weeks</source>
        <translation>앞으로 계속 이렇다면 몇 주 안에 학습됨</translation>
    </message>
    <message>
        <source>Ask {device} now: F5</source>
        <translation>{device} 즉시 조회: F5</translation>
    </message>
    <message>
        <source>If it was taken away on purpose: close the alarm, and it is expected no more</source>
        <translation>의도적으로 제거했다면 경보를 종결: 이후 감시 대상에서 빠짐</translation>
    </message>
    <message>
        <source>Look at the timeline what comes with it each time</source>
        <translation>타임라인에서 매번 함께 발생하는 것을 확인</translation>
    </message>
    <message>
        <source>Look at the map what else is dark: power and uplink of {device} first</source>
        <translation>토폴로지에서 함께 끊긴 것 확인: 먼저 {device}의 전원과 업링크</translation>
    </message>
    <message>
        <source>Ask it again now: F5</source>
        <translation>지금 다시 조회: F5</translation>
    </message>
    <message>
        <source>If it stays dark: go to its rack, or use its management controller</source>
        <translation>계속 응답 없으면 랙으로 가거나 BMC 사용</translation>
    </message>
    <message>
        <source>Compare user, keys and algorithms with the configuration of {device}</source>
        <translation>사용자, 키, 알고리즘을 {device} 설정과 비교</translation>
    </message>
    <message>
        <source>Set the secret again: noc-console secret set</source>
        <translation>비밀값 다시 설정: noc-console secret set</translation>
    </message>
    <message>
        <source>Read what it answers: noc-console probe</source>
        <translation>응답 내용 확인: noc-console probe</translation>
    </message>
    <message>
        <source>Ask who reinstalled {device}. Without an answer treat it as an attack</source>
        <translation>{device}을(를) 재설치한 사람 확인. 답이 없으면 공격으로 간주</translation>
    </message>
    <message>
        <source>Read its fingerprint at its own console and compare it: noc-console trust</source>
        <translation>자체 콘솔에서 지문을 읽어 비교: noc-console trust</translation>
    </message>
    <message>
        <source>Set the secret: noc-console secret set</source>
        <translation>비밀값 설정: noc-console secret set</translation>
    </message>
    <message>
        <source>Then ask it now: F5</source>
        <translation>그다음 즉시 조회: F5</translation>
    </message>
    <message>
        <source>The regular values still come: only this answer is missing</source>
        <translation>정기 값은 계속 들어옴: 이 응답만 없음</translation>
    </message>
    <message>
        <source>On a GPU server look for a hung nvidia-smi (state D) in the process list</source>
        <translation>GPU 서버라면 프로세스 목록에서 멈춘 nvidia-smi(상태 D) 확인</translation>
    </message>
    <message>
        <source>See whether the other end ({neighbour}) is down as well</source>
        <translation>반대쪽({neighbour})도 다운인지 확인</translation>
    </message>
    <message>
        <source>Check optic and cable at {component}</source>
        <translation>{component}의 광모듈과 케이블 점검</translation>
    </message>
    <message>
        <source>Compare with its neighbours on the Thermal view: one server, one rack or the row</source>
        <translation>온도 화면에서 주변과 비교: 서버 한 대, 랙 하나, 또는 열 전체</translation>
    </message>
    <message>
        <source>A row rises together: look at its cooler. One server: look at its fans and filters</source>
        <translation>열 전체가 상승: 항온항습기 확인. 서버 한 대: 팬과 필터 확인</translation>
    </message>
    <message>
        <source>If it keeps rising: lower the load before the hardware does</source>
        <translation>계속 오르면 하드웨어가 낮추기 전에 부하를 줄이십시오</translation>
    </message>
    <message>
        <source>Start the standby cooler or the spare fan</source>
        <translation>예비 항온항습기 또는 예비 팬 가동</translation>
    </message>
    <message>
        <source>Watch the inlets of the row: minutes count</source>
        <translation>열의 흡기 온도 주시: 분 단위로 중요</translation>
    </message>
    <message>
        <source>Call the facility: {component} of {device}</source>
        <translation>시설팀 연락: {device}의 {component}</translation>
    </message>
    <message>
        <source>Check breaker and feed of {device}</source>
        <translation>{device}의 차단기와 급전 확인</translation>
    </message>
    <message>
        <source>See what hangs on one feed only now, before anyone touches the other</source>
        <translation>다른 급전을 건드리기 전에 단일 급전이 된 장비 확인</translation>
    </message>
    <message>
        <source>Compare with the other phases and feeds: one supply, or all that comes from the mains</source>
        <translation>다른 상과 급전선과 비교: 한 전원인지, 상용 전원 전체인지</translation>
    </message>
    <message>
        <source>Look at the set point of the cooler, and for outside air that comes in</source>
        <translation>냉방기 설정 온도와 외기 유입 여부 확인</translation>
    </message>
    <message>
        <source>Cold and damp together: water may condense, keep doors shut</source>
        <translation>차갑고 습하면 결로 위험: 문을 닫아 둘 것</translation>
    </message>
    <message>
        <source>Look for a leak, outside air or a cooler that does not dry</source>
        <translation>누수, 외기 유입, 제습하지 않는 냉방기 확인</translation>
    </message>
    <message>
        <source>Look at the humidifier of the cooler</source>
        <translation>냉방기의 가습기 확인</translation>
    </message>
    <message>
        <source>Dry air: touch boards only with a wrist strap</source>
        <translation>건조한 공기: 손목 접지대를 착용하고 기판 취급</translation>
    </message>
    <message>
        <source>Read the log of {device} for {component}</source>
        <translation>{device} 로그에서 {component} 확인</translation>
    </message>
    <message>
        <source>Order the part before it fails</source>
        <translation>고장 나기 전에 부품 주문</translation>
    </message>
    <message>
        <source>Drain {device} when its job ends: the row is replaced by a reset of {component}</source>
        <translation>작업이 끝나면 {device} 드레인: {component} 리셋 시 행이 교체됨</translation>
    </message>
    <message>
        <source>If it says that it failed: replace the GPU (serial {serial})</source>
        <translation>실패로 보고하면 GPU 교체 (일련번호 {serial})</translation>
    </message>
    <message>
        <source>Look for an Xid of {component} in the kernel log: 48, 63, 64, 94, 95</source>
        <translation>커널 로그에서 {component}의 Xid 확인: 48, 63, 64, 94, 95</translation>
    </message>
    <message>
        <source>Reset {component} when its job ends; if errors return, replace it (serial {serial})</source>
        <translation>작업이 끝나면 {component} 리셋, 오류가 재발하면 교체 (일련번호 {serial})</translation>
    </message>
    <message>
        <source>See whether the GPU at the other end of the link counts errors too</source>
        <translation>링크 반대쪽 GPU도 오류가 느는지 확인</translation>
    </message>
    <message>
        <source>Reset {component}; if errors return, have its board or the baseboard looked at (serial {serial})</source>
        <translation>{component} 리셋, 오류가 재발하면 보드 또는 베이스보드 점검 (일련번호 {serial})</translation>
    </message>
    <message>
        <source>Drain {device} and power it off and on: the link is trained anew</source>
        <translation>{device} 드레인 후 전원 재투입: 링크가 다시 트레이닝됨</translation>
    </message>
    <message>
        <source>If it stays so: reseat {component}, its riser or cable</source>
        <translation>계속되면 {component}, 라이저 또는 케이블 재장착</translation>
    </message>
    <message>
        <source>Heat: see fans, inlet and the neighbours. Power brake: see the supplies of {device}</source>
        <translation>열: 팬, 흡기, 주변 확인. 파워 브레이크: {device}의 전원 장치 확인</translation>
    </message>
    <message>
        <source>Power limit: compare with nvidia-smi -q -d POWER; set it back if nobody meant it</source>
        <translation>전력 제한: nvidia-smi -q -d POWER와 비교, 의도한 것이 아니면 되돌리기</translation>
    </message>
    <message>
        <source>A job waits for its slowest GPU: drain {device} when the job ends</source>
        <translation>작업은 가장 느린 GPU를 기다림: 작업이 끝나면 {device} 드레인</translation>
    </message>
    <message>
        <source>Compare clocks, limits and PCIe link of {component} with the others</source>
        <translation>{component}의 클럭, 제한, PCIe 링크를 다른 것과 비교</translation>
    </message>
    <message>
        <source>Look at the fans and filters of {device}; clean out dust at the next chance</source>
        <translation>{device}의 팬과 필터 확인, 다음 기회에 먼지 청소</translation>
    </message>
    <message>
        <source>If it is one GPU alone: have its heat sink and paste looked at (serial {serial})</source>
        <translation>GPU 하나만 그렇다면 방열판과 써멀 페이스트 점검 (일련번호 {serial})</translation>
    </message>
    <message>
        <source>Drain {device}: no new jobs. What runs may go on; its GPUs are not watched</source>
        <translation>{device} 드레인: 새 작업 금지. 실행 중인 작업은 계속 가능, GPU는 감시되지 않음</translation>
    </message>
    <message>
        <source>Look into the kernel log for an Xid. A process in state D ends with a restart only</source>
        <translation>커널 로그에서 Xid 확인. 상태 D 프로세스는 재시작해야만 종료됨</translation>
    </message>
    <message>
        <source>Restart the host; if it hangs again, test each GPU alone</source>
        <translation>호스트 재시작, 다시 멈추면 GPU를 하나씩 시험</translation>
    </message>
    <message>
        <source>Meant? Write the serials ({serial}) into the parts list and close this alarm</source>
        <translation>의도한 교체? 일련번호({serial})를 부품 목록에 기록하고 경보 종결</translation>
    </message>
    <message>
        <source>Not meant: ask who was at {device}</source>
        <translation>의도하지 않음: {device}에서 작업한 사람 확인</translation>
    </message>
    <message>
        <source>Drain {device}: no new jobs</source>
        <translation>{device} 드레인: 새 작업 금지</translation>
    </message>
    <message>
        <source>Restart the host. If the GPU returns and falls off again: replace it</source>
        <translation>호스트 재시작. GPU가 돌아왔다 다시 이탈하면 교체</translation>
    </message>
    <message>
        <source>Serial of the part: {serial}</source>
        <translation>부품 일련번호: {serial}</translation>
    </message>
    <message>
        <source>Look into the kernel log for an Xid, then restart the host</source>
        <translation>커널 로그에서 Xid 확인 후 호스트 재시작</translation>
    </message>
    <message>
        <source>Clean or change the optic and the fibre, at both ends</source>
        <translation>양쪽 끝의 광모듈과 광섬유 청소 또는 교체</translation>
    </message>
    <message>
        <source>Take the port out of use until then</source>
        <translation>그때까지 포트 사용 중지</translation>
    </message>
    <message>
        <source>Look at both ends which is right: the cable or the plan</source>
        <translation>양쪽 끝에서 케이블과 계획 중 어느 쪽이 맞는지 확인</translation>
    </message>
    <message>
        <source>Put the cable where it belongs, or correct [[links]] in the inventory</source>
        <translation>케이블을 제자리에 연결하거나 자산 목록의 [[links]] 수정</translation>
    </message>
    <message>
        <source>Look at the breakers and what feeds the place</source>
        <translation>차단기와 이곳의 급전 확인</translation>
    </message>
    <message>
        <source>Bring things up one after another when power is back</source>
        <translation>전원이 복구되면 하나씩 순서대로 기동</translation>
    </message>
    <message>
        <source>Ask the carrier about the line</source>
        <translation>통신사에 회선 문의</translation>
    </message>
    <message>
        <source>Ask somebody there whether there is power and the edge device runs</source>
        <translation>현지에 전원과 에지 장비 가동 여부 문의</translation>
    </message>
    <message>
        <source>See how busy the collector&apos;s machine is</source>
        <translation>수집기 장비의 부하 확인</translation>
    </message>
    <message>
        <source>Lengthen intervals or share its devices out</source>
        <translation>수집 주기를 늘리거나 장비를 분산</translation>
    </message>
    <message>
        <source>Its devices are not watched: tell the shift</source>
        <translation>담당 장비가 감시되지 않음: 근무조에 알림</translation>
    </message>
    <message>
        <source>Start the collector again and read its log</source>
        <translation>수집기를 다시 시작하고 로그 확인</translation>
    </message>
    <message>
        <source>Everything is still polled: faults are seen an interval later</source>
        <translation>수집은 계속됨: 장애가 한 주기 늦게 보임</translation>
    </message>
    <message>
        <source>End the program that has the port, or choose another one: --traps PORT</source>
        <translation>포트를 쓰는 프로그램을 종료하거나 다른 포트 선택: --traps PORT</translation>
    </message>
    <message>
        <source>Look what the device itself says now: open it</source>
        <translation>장비가 지금 스스로 보고하는 내용 확인: 열기</translation>
    </message>
    <message>
        <source>Close the alarm when it is dealt with; not every report has an end</source>
        <translation>처리했으면 경보 종결: 모든 보고에 종료가 있는 것은 아님</translation>
    </message>
    <message>
        <source>Free space on the disk of the console</source>
        <translation>콘솔 디스크 공간 확보</translation>
    </message>
    <message>
        <source>Then press A again for what was not stored</source>
        <translation>그다음 저장되지 않은 것에 A를 다시 누르십시오</translation>
    </message>
    <message>
        <source>Reset {component}: nvidia-smi --gpu-reset. If it fails, restart the host</source>
        <translation>{component} 리셋: nvidia-smi --gpu-reset. 실패하면 호스트 재시작</translation>
    </message>
    <message>
        <source>If it returns, replace the GPU (serial {serial})</source>
        <translation>재발하면 GPU 교체 (일련번호 {serial})</translation>
    </message>
    <message>
        <source>Restart the host</source>
        <translation>호스트 재시작</translation>
    </message>
    <message>
        <source>Nothing to do; watch whether it repeats</source>
        <translation>조치 불필요, 반복되는지 관찰</translation>
    </message>
    <message>
        <source>Tell the owner of the job to restart it; the server stays in service</source>
        <translation>작업 소유자에게 재시작 요청, 서버는 계속 사용</translation>
    </message>
    <message>
        <source>Reset {component} when it is idle; there is no hurry</source>
        <translation>유휴 상태일 때 {component} 리셋, 급하지 않음</translation>
    </message>
    <message>
        <source>Restart the virtual machine</source>
        <translation>가상 머신 재시작</translation>
    </message>
    <message>
        <source>Hands on the hardware: reseat or replace (serial {serial})</source>
        <translation>하드웨어 작업: 재장착 또는 교체 (일련번호 {serial})</translation>
    </message>
    <message>
        <source>Update driver and firmware of {device}</source>
        <translation>{device}의 드라이버와 펌웨어 업데이트</translation>
    </message>
    <message>
        <source>Read unit and status words of the line</source>
        <translation>로그 줄의 유닛과 상태 값 확인</translation>
    </message>
    <message>
        <source>Do what the line of the log says</source>
        <translation>로그 줄의 지시대로 조치</translation>
    </message>
    <message>
        <source>Collect nvidia-bug-report.sh of {device} and look into it</source>
        <translation>{device}에서 nvidia-bug-report.sh를 수집해 확인</translation>
    </message>
</context>
<context>
    <name>alarm</name>
    <message>
        <source>{duration} behind</source>
        <translation>{duration} 지연</translation>
    </message>
    <message>
        <source>no passphrase</source>
        <translation>키 암호 없음</translation>
    </message>
    <message>
        <source>wrong passphrase</source>
        <translation>키 암호 틀림</translation>
    </message>
    <message>
        <source>no key file</source>
        <translation>키 파일 없음</translation>
    </message>
    <message>
        <source>unreadable key</source>
        <translation>키 읽기 불가</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>응답 없음</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>무응답</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>거부됨</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>no secret</source>
        <translation>비밀값 없음</translation>
    </message>
    <message>
        <source>down</source>
        <translation>다운</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>이탈</translation>
    </message>
    <message>
        <source>not stored</source>
        <translation>저장 안 됨</translation>
    </message>
    <message>
        <source>acknowledging…</source>
        <translation>확인 중…</translation>
    </message>
    <message>
        <source>worse again · {who}</source>
        <translation>다시 악화 · {who}</translation>
    </message>
    <message>
        <source>worse again</source>
        <translation>다시 악화</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>{time}까지</translation>
    </message>
    <message>
        <source>New</source>
        <translation>신규</translation>
    </message>
    <message>
        <source>in maintenance</source>
        <translation>작업 중</translation>
    </message>
    <message>
        <source>shelved by {who}</source>
        <translation>{who} 보류</translation>
    </message>
    <message>
        <source>{duration} left</source>
        <translation>{duration} 남음</translation>
    </message>
    <message>
        <source>cause of {count} others</source>
        <translation>다른 {count}건의 원인</translation>
    </message>
    <message>
        <source>cleared</source>
        <translation>해제</translation>
    </message>
    <message>
        <source>symptom</source>
        <translation>파생 경보</translation>
    </message>
    <message>
        <source>not acknowledged</source>
        <translation>미확인</translation>
    </message>
    <message>
        <source>acknowledged by {who}</source>
        <translation>확인: {who}</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>{time}부터</translation>
    </message>
    <message>
        <source>held</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>No answer over {protocol}; the device answers otherwise</source>
        <translation>{protocol} 응답 없음, 다른 방법으로는 응답함</translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation>응답 없음</translation>
    </message>
    <message>
        <source>{protocol} refuses our credential</source>
        <translation>{protocol} 인증 거부</translation>
    </message>
    <message>
        <source>{protocol} answers what cannot be read</source>
        <translation>{protocol} 응답을 읽을 수 없음</translation>
    </message>
    <message>
        <source>SSH host key is not trusted yet. Polling waits</source>
        <translation>SSH 호스트 키 미신뢰. 수집 대기</translation>
    </message>
    <message>
        <source>SSH host key changed. Polling is stopped</source>
        <translation>SSH 호스트 키 변경. 수집 중지</translation>
    </message>
    <message>
        <source>Not polled</source>
        <translation>수집 안 함</translation>
    </message>
    <message>
        <source>{source} may not be read: what it would tell is not seen</source>
        <translation>{source} 읽기 권한 없음: 내용을 볼 수 없음</translation>
    </message>
    <message>
        <source>{source} gives no answer; the device does</source>
        <translation>{source} 응답 없음, 장비는 응답함</translation>
    </message>
    <message>
        <source>Port is down</source>
        <translation>포트 다운</translation>
    </message>
    <message>
        <source>Port is down. Link to {neighbour}</source>
        <translation>포트 다운. {neighbour} 링크</translation>
    </message>
    <message>
        <source>Margin to slowdown is short</source>
        <translation>스로틀링 여유 부족</translation>
    </message>
    <message>
        <source>Memory temperature above its limit</source>
        <translation>메모리 온도 임계값 초과</translation>
    </message>
    <message>
        <source>Inlet above its limit</source>
        <translation>흡기 온도 임계값 초과</translation>
    </message>
    <message>
        <source>Temperature above its limit</source>
        <translation>온도 임계값 초과</translation>
    </message>
    <message>
        <source>Fan is too slow</source>
        <translation>팬 속도 저하</translation>
    </message>
    <message>
        <source>Fan stopped</source>
        <translation>팬 정지</translation>
    </message>
    <message>
        <source>Voltage lost</source>
        <translation>전압 상실</translation>
    </message>
    <message>
        <source>Voltage below its limit</source>
        <translation>전압 임계값 미달</translation>
    </message>
    <message>
        <source>Voltage above its limit</source>
        <translation>전압 임계값 초과</translation>
    </message>
    <message>
        <source>Temperature below its limit</source>
        <translation>온도 임계값 미달</translation>
    </message>
    <message>
        <source>Humidity above its limit</source>
        <translation>습도 임계값 초과</translation>
    </message>
    <message>
        <source>Humidity below its limit</source>
        <translation>습도 임계값 미달</translation>
    </message>
    <message>
        <source>Says of itself: {word}</source>
        <translation>자체 보고: {word}</translation>
    </message>
    <message>
        <source>not well</source>
        <translation>이상</translation>
    </message>
    <message>
        <source>Driver reports an error</source>
        <translation>드라이버 오류 보고</translation>
    </message>
    <message>
        <source>GPU fell off the bus</source>
        <translation>GPU 버스 이탈</translation>
    </message>
    <message>
        <source>GPU is missing</source>
        <translation>GPU 누락</translation>
    </message>
    <message>
        <source>Collector polls too late</source>
        <translation>수집기 수집 지연</translation>
    </message>
    <message>
        <source>Collector is silent. Its devices are not watched</source>
        <translation>수집기 무응답. 담당 장비 감시 중단</translation>
    </message>
    <message>
        <source>Port goes down and up again and again</source>
        <translation>포트 플래핑 반복</translation>
    </message>
    <message>
        <source>Not cabled as planned: {planned} is not seen here</source>
        <translation>계획과 다른 배선: 여기에서 {planned}이(가) 보이지 않음</translation>
    </message>
    <message>
        <source>A link that is not in the plan: to {planned}</source>
        <translation>계획에 없는 링크: {planned}</translation>
    </message>
    <message>
        <source>Not cabled as planned: {found} is here in place of {planned}</source>
        <translation>계획과 다른 배선: {planned} 대신 {found}이(가) 연결됨</translation>
    </message>
    <message>
        <source>Not cabled as planned</source>
        <translation>계획과 다른 배선</translation>
    </message>
    <message>
        <source>No power: {place}</source>
        <translation>전원 없음: {place}</translation>
    </message>
    <message>
        <source>Nothing at {site} answers</source>
        <translation>{site} 전체 응답 없음</translation>
    </message>
    <message>
        <source>Not stored: {why}</source>
        <translation>저장 안 됨: {why}</translation>
    </message>
    <message>
        <source>another program has the port</source>
        <translation>다른 프로그램이 포트 사용 중</translation>
    </message>
    <message>
        <source>this account may not open the port</source>
        <translation>이 계정은 포트를 열 수 없음</translation>
    </message>
    <message>
        <source>the address is not of this machine</source>
        <translation>이 장비의 주소가 아님</translation>
    </message>
    <message>
        <source>the data folder cannot be written</source>
        <translation>데이터 폴더에 쓸 수 없음</translation>
    </message>
    <message>
        <source>No traps are received on port {port}: {why}</source>
        <translation>포트 {port}에서 트랩 수신 안 됨: {why}</translation>
    </message>
    <message>
        <source>The device reports {trap}</source>
        <translation>장비 보고: {trap}</translation>
    </message>
    <message>
        <source>{share} % of others</source>
        <translation>다른 장비의 {share} %</translation>
    </message>
    <message>
        <source>Slowed down by heat</source>
        <translation>온도로 인한 스로틀링</translation>
    </message>
    <message>
        <source>Slowed down by the server&apos;s power brake</source>
        <translation>서버 파워 브레이크로 스로틀링</translation>
    </message>
    <message>
        <source>Power limit holds the clock far down</source>
        <translation>전력 제한으로 클럭 크게 저하</translation>
    </message>
    <message>
        <source>Slowed down</source>
        <translation>스로틀링</translation>
    </message>
    <message>
        <source>Memory row could not be replaced: the GPU is worn out</source>
        <translation>메모리 행 교체 불가: GPU 교체 시점</translation>
    </message>
    <message>
        <source>Memory row waits to be replaced: a reset is due</source>
        <translation>메모리 행 교체 대기: 리셋 필요</translation>
    </message>
    <message>
        <source>Corrected memory errors grow fast (+{rise})</source>
        <translation>정정 가능 메모리 오류 급증 (+{rise})</translation>
    </message>
    <message>
        <source>Uncorrected memory errors (+{rise})</source>
        <translation>정정 불가 메모리 오류 (+{rise})</translation>
    </message>
    <message>
        <source>NVLinks are down</source>
        <translation>NVLink 다운</translation>
    </message>
    <message>
        <source>CRC errors</source>
        <translation>CRC 오류</translation>
    </message>
    <message>
        <source>replays</source>
        <translation>재전송</translation>
    </message>
    <message>
        <source>recoveries</source>
        <translation>복구</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>NVLink {kind} grow (+{rise})</source>
        <translation>NVLink {kind} 증가 (+{rise})</translation>
    </message>
    <message>
        <source>PCIe link is narrow: x{value} of x{limit}</source>
        <translation>PCIe 링크 폭 감소: x{value}/x{limit}</translation>
    </message>
    <message>
        <source>PCIe link is slow: generation {value} of {limit}</source>
        <translation>PCIe 링크 속도 저하: {value}/{limit}세대</translation>
    </message>
    <message>
        <source>Slower than the other GPUs at the same load</source>
        <translation>같은 부하의 다른 GPU보다 느림</translation>
    </message>
    <message>
        <source>Draws less than the other GPUs at the same load</source>
        <translation>같은 부하의 다른 GPU보다 소비 전력 낮음</translation>
    </message>
    <message>
        <source>Warmer than the other GPUs at the same load</source>
        <translation>같은 부하의 다른 GPU보다 뜨거움</translation>
    </message>
    <message>
        <source>Differs from the other GPUs</source>
        <translation>다른 GPU와 다름</translation>
    </message>
    <message>
        <source>Too warm for its power beside the other GPUs: heat sink or paste</source>
        <translation>소비 전력 대비 과열: 방열판 또는 써멀 페이스트</translation>
    </message>
    <message>
        <source>Too warm for its power beside other servers: fans or dust</source>
        <translation>다른 서버 대비 과열: 팬 또는 먼지</translation>
    </message>
    <message>
        <source>{tool} does not answer and is stuck in the kernel (state D)</source>
        <translation>{tool} 응답 없음, 커널에서 멈춤 (상태 D)</translation>
    </message>
    <message>
        <source>{tool} does not answer: its GPUs are not seen</source>
        <translation>{tool} 응답 없음: GPU를 볼 수 없음</translation>
    </message>
    <message>
        <source>GPU sits in another slot than before (SN {serial}, was at {place})</source>
        <translation>GPU 슬롯이 바뀜 (SN {serial}, 이전 {place})</translation>
    </message>
    <message>
        <source>Another GPU than before (SN {serial}, was {before})</source>
        <translation>이전과 다른 GPU (SN {serial}, 이전 {before})</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>값 없음</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>{what} falls fast</source>
        <translation>{what} 급락</translation>
    </message>
    <message>
        <source>{what} rises fast</source>
        <translation>{what} 급상승</translation>
    </message>
    <message>
        <source>{what} differs from its peers</source>
        <translation>{what}: 동종 장비와 다름</translation>
    </message>
    <message>
        <source>{what} is not as usual at this hour</source>
        <translation>{what}: 이 시간대의 평소와 다름</translation>
    </message>
    <message>
        <source>{source} says nothing any more</source>
        <translation>{source} 더 이상 응답 없음</translation>
    </message>
    <message>
        <source>{what} is not given any more ({source})</source>
        <translation>{what} 값이 더 이상 오지 않음 ({source})</translation>
    </message>
    <message>
        <source>Not given any more ({source})</source>
        <translation>값이 더 이상 오지 않음 ({source})</translation>
    </message>
    <message>
        <source>Too often ({count} ×): {what}</source>
        <translation>너무 잦음 ({count}회): {what}</translation>
    </message>
</context>
<context>
    <name>alarms</name>
    <message>
        <source>Acknowledge, with a note</source>
        <translation>확인 (메모)</translation>
    </message>
    <message>
        <source>Acknowledge the whole incident</source>
        <translation>장애 전체 확인</translation>
    </message>
    <message>
        <source>Take the acknowledgement back</source>
        <translation>확인 취소</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>담당하기</translation>
    </message>
    <message>
        <source>Give to …</source>
        <translation>배정 …</translation>
    </message>
    <message>
        <source>Shelve, with a reason and an end</source>
        <translation>보류 (사유와 종료 시각)</translation>
    </message>
    <message>
        <source>Take off the shelf</source>
        <translation>보류 해제</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Done: close a cleared alarm</source>
        <translation>완료: 해제된 경보 종결</translation>
    </message>
    <message>
        <source>Regroup: pull out of its cause, or put under another</source>
        <translation>재분류: 원인에서 분리 또는 다른 원인 아래로</translation>
    </message>
    <message>
        <source>Open the device</source>
        <translation>장비 열기</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>토폴로지에 표시</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>텍스트로 복사</translation>
    </message>
    <message>
        <source>Filter: name, site, text, owner  ( / )</source>
        <translation>필터: 이름, 사이트, 내용, 담당자  ( / )</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Free text, or {keys}</source>
        <translation>자유 검색 또는 {keys}</translation>
    </message>
    <message>
        <source>Open {count}</source>
        <translation>미해결 {count}</translation>
    </message>
    <message>
        <source>Mine {count}</source>
        <translation>내 담당 {count}</translation>
    </message>
    <message>
        <source>Shelved {count}</source>
        <translation>보류 {count}</translation>
    </message>
    <message>
        <source>History</source>
        <translation>이력</translation>
    </message>
    <message>
        <source>{count} hidden by the filter</source>
        <translation>필터로 {count}건 숨김</translation>
    </message>
    <message>
        <source>Worst, then newest</source>
        <translation>심각도, 최신순</translation>
    </message>
    <message>
        <source>Filter {term}, press to remove</source>
        <translation>필터 {term}, 눌러서 제거</translation>
    </message>
    <message>
        <source>What the next one should know</source>
        <translation>다음 담당자가 알아야 할 것</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Note (may be empty): who does what until when</source>
        <translation>메모 (생략 가능): 누가 언제까지 무엇을</translation>
    </message>
    <message>
        <source>Why it may be silent until then (needed)</source>
        <translation>그때까지 조용해도 되는 사유 (필수)</translation>
    </message>
    <message>
        <source>To whom; empty = to nobody</source>
        <translation>누구에게; 비우면 담당 없음</translation>
    </message>
    <message>
        <source>Regroup</source>
        <translation>재분류</translation>
    </message>
    <message>
        <source>{action} {count} alarms</source>
        <translation>경보 {count}건 {action}</translation>
    </message>
    <message>
        <source>Under which cause (# or name); empty = pull out, a cause of its own</source>
        <translation>어느 원인 아래 (# 또는 이름); 비우면 독립 원인으로 분리</translation>
    </message>
    <message>
        <source>No such cause</source>
        <translation>해당 원인 없음</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>미리보기</translation>
    </message>
    <message>
        <source>{count} alarms chosen</source>
        <translation>경보 {count}건 선택</translation>
    </message>
    <message>
        <source>Acknowledge {count}</source>
        <translation>{count}건 확인</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>확인 취소</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>종결</translation>
    </message>
    <message>
        <source>Shelve</source>
        <translation>보류</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>조치</translation>
    </message>
    <message>
        <source>What hangs together</source>
        <translation>연관 관계</translation>
    </message>
    <message>
        <source>What happened ({zone})</source>
        <translation>경과 ({zone})</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>경보</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>처리 필요</translation>
    </message>
    <message>
        <source>Cause being sought, no call yet</source>
        <translation>원인 확인 중, 아직 호출 안 함</translation>
    </message>
    <message>
        <source>Shelf ends soon</source>
        <translation>보류 곧 종료</translation>
    </message>
    <message>
        <source>In hand</source>
        <translation>처리 중</translation>
    </message>
    <message>
        <source>Warnings, no call</source>
        <translation>주의, 호출 없음</translation>
    </message>
    <message>
        <source>In maintenance</source>
        <translation>작업 중</translation>
    </message>
    <message>
        <source>Cleared, not closed</source>
        <translation>해제됨, 미종결</translation>
    </message>
    <message>
        <source>Shelved</source>
        <translation>보류</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>종결</translation>
    </message>
    <message>
        <source>{count} more under this cause, {over} of them over</source>
        <translation>이 원인 아래 {count}건 더, 그중 {over}건 해제</translation>
    </message>
    <message>
        <source>{count} more under this cause</source>
        <translation>이 원인 아래 {count}건 더</translation>
    </message>
    <message>
        <source>Since ({zone})</source>
        <translation>발생 ({zone})</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>장소</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>최근 1시간</translation>
    </message>
    <message>
        <source>Now (limit)</source>
        <translation>현재 (임계값)</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Maintenance for …</source>
        <translation>작업 등록 …</translation>
    </message>
    <message>
        <source>Show by cause, or singly</source>
        <translation>원인별 또는 개별 표시</translation>
    </message>
    <message>
        <source>Clear the filter or the choice</source>
        <translation>필터 또는 선택 해제</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>토폴로지</translation>
    </message>
    <message>
        <source>Fold, unfold</source>
        <translation>접기, 펼치기</translation>
    </message>
    <message>
        <source>Choose more</source>
        <translation>추가 선택</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>모두 선택</translation>
    </message>
    <message>
        <source>{count} open, {new} need you</source>
        <translation>미해결 {count}건, 처리 필요 {new}건</translation>
    </message>
    <message>
        <source>Choose a row to see what to do and what happened</source>
        <translation>행을 선택하면 조치와 경과가 표시됩니다</translation>
    </message>
    <message>
        <source>Nothing is watched: the inventory is empty</source>
        <translation>감시 대상 없음: 자산 목록이 비어 있음</translation>
    </message>
    <message>
        <source>Nothing has been read yet</source>
        <translation>아직 읽은 것이 없음</translation>
    </message>
    <message>
        <source>Nothing needs you. No call in the last 24 hours</source>
        <translation>처리할 경보 없음. 최근 24시간 호출 없음</translation>
    </message>
    <message>
        <source>Nothing needs you. Last call {time} ({where})</source>
        <translation>처리할 경보 없음. 마지막 호출 {time} ({where})</translation>
    </message>
    <message>
        <source>, closed {time} by {who}</source>
        <translation>, {time} {who} 종결</translation>
    </message>
    <message>
        <source>, cleared {time}</source>
        <translation>, {time} 해제</translation>
    </message>
    <message>
        <source>inferred</source>
        <translation>추정</translation>
    </message>
    <message>
        <source>comes and goes</source>
        <translation>플래핑</translation>
    </message>
    <message>
        <source>{count} in 10 min</source>
        <translation>10분간 {count}건</translation>
    </message>
    <message>
        <source>Inferred: nobody monitors it, but all that hangs on it is silent</source>
        <translation>추정: 직접 감시 대상은 아니나 그에 딸린 것이 모두 무응답</translation>
    </message>
    <message>
        <source>It looks alike: {where} dead, {link} down</source>
        <translation>구별 불가: {where} 고장, {link} 단절</translation>
    </message>
    <message>
        <source>Its cause: {where}, {what} (#{number})</source>
        <translation>원인: {where}, {what} (#{number})</translation>
    </message>
    <message>
        <source>{count} symptoms: {figures}</source>
        <translation>파생 경보 {count}건: {figures}</translation>
    </message>
    <message>
        <source>Flood</source>
        <translation>경보 폭주</translation>
    </message>
    <message>
        <source>shown by cause</source>
        <translation>원인별 표시</translation>
    </message>
    <message>
        <source>shown singly</source>
        <translation>개별 표시</translation>
    </message>
    <message>
        <source>Flood: {count} calls in 10 min; {form}</source>
        <translation>경보 폭주: 10분간 호출 {count}건, {form}</translation>
    </message>
    <message>
        <source>{causes} causes, {symptoms} symptoms</source>
        <translation>원인 {causes}건, 파생 {symptoms}건</translation>
    </message>
    <message>
        <source>Show singly</source>
        <translation>개별 표시</translation>
    </message>
    <message>
        <source>Show by cause</source>
        <translation>원인별 표시</translation>
    </message>
    <message>
        <source>Older ones cannot be read: {why}</source>
        <translation>이전 기록을 읽을 수 없음: {why}</translation>
    </message>
    <message>
        <source>reading older ones…</source>
        <translation>이전 기록 읽는 중…</translation>
    </message>
</context>
<context>
    <name>backend</name>
    <message>
        <source>Replay of {name} at {speed} times its speed: nothing here is live, and nothing is kept</source>
        <translation>{name} 재생, {speed}배속: 실시간이 아니며 저장되지 않음</translation>
    </message>
    <message>
        <source>Conditions left out: {count}. {first} (noc-console conditions check tells all)</source>
        <translation>제외된 조건: {count}건. {first} (전체는 noc-console conditions check)</translation>
    </message>
    <message>
        <source>Profiles left out: {first} (noc-console profiles check FILE tells all)</source>
        <translation>제외된 프로파일: {first} (전체는 noc-console profiles check FILE)</translation>
    </message>
</context>
<context>
    <name>cause</name>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} 외 {count}</translation>
    </message>
    <message>
        <source>{names} and {last}</source>
        <translation>{names}, {last}</translation>
    </message>
    <message>
        <source>in {names}</source>
        <translation>{names} 안</translation>
    </message>
    <message>
        <source>behind {names}</source>
        <translation>{names} 하위</translation>
    </message>
    <message>
        <source>fed by {names}</source>
        <translation>{names}에서 급전</translation>
    </message>
    <message>
        <source>feeds {names}</source>
        <translation>{names}에 급전</translation>
    </message>
    <message>
        <source>cooled by {names}</source>
        <translation>{names}에서 냉각</translation>
    </message>
    <message>
        <source>link to {names}</source>
        <translation>{names} 링크</translation>
    </message>
    <message>
        <source>GPU of {names}</source>
        <translation>{names}의 GPU</translation>
    </message>
    <message>
        <source>BMC of {names}</source>
        <translation>{names}의 BMC</translation>
    </message>
    <message>
        <source>part of {names}</source>
        <translation>{names}의 부품</translation>
    </message>
    <message>
        <source>asked with {names}</source>
        <translation>{names} 인증 정보 사용</translation>
    </message>
    <message>
        <source>placed by hand</source>
        <translation>직접 배치함</translation>
    </message>
    <message>
        <source>or the link {first} ↔ {second}</source>
        <translation>또는 링크 {first} ↔ {second}</translation>
    </message>
    <message>
        <source>cause · {count}</source>
        <translation>원인 · {count}</translation>
    </message>
</context>
<context>
    <name>commands</name>
    <message>
        <source>Maintenance ended: {title}</source>
        <translation>작업 종료: {title}</translation>
    </message>
    <message>
        <source>Maintenance planned: {title}</source>
        <translation>작업 등록: {title}</translation>
    </message>
    <message>
        <source>{count} given to nobody</source>
        <translation>{count}건 담당 해제</translation>
    </message>
    <message>
        <source>{count} taken</source>
        <translation>{count}건 담당</translation>
    </message>
    <message>
        <source>{count} given to {who}</source>
        <translation>{count}건 {who}에게 배정</translation>
    </message>
    <message>
        <source>{count} pulled out</source>
        <translation>{count}건 분리</translation>
    </message>
    <message>
        <source>{count} put under a cause</source>
        <translation>{count}건 원인 아래로 이동</translation>
    </message>
    <message>
        <source>{count} acknowledged</source>
        <translation>{count}건 확인</translation>
    </message>
    <message>
        <source>{count} taken back</source>
        <translation>{count}건 확인 취소</translation>
    </message>
    <message>
        <source>{count} commented</source>
        <translation>{count}건 메모</translation>
    </message>
    <message>
        <source>{count} closed</source>
        <translation>{count}건 종결</translation>
    </message>
    <message>
        <source>{count} shelved</source>
        <translation>{count}건 보류</translation>
    </message>
    <message>
        <source>{count} taken off the shelf</source>
        <translation>{count}건 보류 해제</translation>
    </message>
    <message>
        <source>{count} undone</source>
        <translation>{count}건 실행 취소</translation>
    </message>
    <message>
        <source>{count} undone, {left} left: changed since</source>
        <translation>{count}건 실행 취소, {left}건 제외: 이후 변경됨</translation>
    </message>
    <message>
        <source>Not stored: the disk is full. Free space, then press A again</source>
        <translation>저장 안 됨: 디스크 부족. 공간 확보 후 A를 다시 누르십시오</translation>
    </message>
    <message>
        <source>Not stored: the store does not answer. Press A again when it does</source>
        <translation>저장 안 됨: 저장소 응답 없음. 응답하면 A를 다시 누르십시오</translation>
    </message>
    <message>
        <source>Not done: {why}</source>
        <translation>수행 안 됨: {why}</translation>
    </message>
</context>
<context>
    <name>device</name>
    <message>
        <source>What to do</source>
        <translation>조치</translation>
    </message>
    <message>
        <source>since {time}, {age}</source>
        <translation>{time}부터, {age}</translation>
    </message>
    <message>
        <source>SN {serial}</source>
        <translation>SN {serial}</translation>
    </message>
    <message>
        <source>slot {place}</source>
        <translation>슬롯 {place}</translation>
    </message>
    <message>
        <source>affects {process}</source>
        <translation>영향 받는 프로세스 {process}</translation>
    </message>
    <message>
        <source>Slurm job {name}</source>
        <translation>Slurm 작업 {name}</translation>
    </message>
    <message>
        <source>pod {name}</source>
        <translation>파드 {name}</translation>
    </message>
    <message>
        <source>{count} more: {alarms}</source>
        <translation>{count}건 더: {alarms}</translation>
    </message>
    <message>
        <source>Acknowledge {name}: a note if you like, Enter sends, Esc drops</source>
        <translation>{name} 확인: 메모는 생략 가능, Enter 전송, Esc 취소</translation>
    </message>
    <message>
        <source>Comment on {name}: Enter sends, Esc drops</source>
        <translation>{name} 메모: Enter 전송, Esc 취소</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>제품</translation>
    </message>
    <message>
        <source>Serial</source>
        <translation>일련번호</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>펌웨어</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>드라이버</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>자체 이름</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>가동 시간</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>응답</translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation>아직 조회 안 함</translation>
    </message>
    <message>
        <source>{why}, last answer {age}</source>
        <translation>{why}, 마지막 응답 {age}</translation>
    </message>
    <message>
        <source>in {duration}, {age}</source>
        <translation>{duration} 소요, {age}</translation>
    </message>
    <message>
        <source>No answer for {duration}</source>
        <translation>{duration}째 응답 없음</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>여유</translation>
    </message>
    <message>
        <source>Mem °C</source>
        <translation>메모리 °C</translation>
    </message>
    <message>
        <source>Power W</source>
        <translation>전력 W</translation>
    </message>
    <message>
        <source>MHz</source>
        <translation>MHz</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>사용률</translation>
    </message>
    <message>
        <source>Memory GiB</source>
        <translation>메모리 GiB</translation>
    </message>
    <message>
        <source>ECC</source>
        <translation>ECC</translation>
    </message>
    <message>
        <source>Throttle</source>
        <translation>스로틀링</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>경과</translation>
    </message>
    <message>
        <source>GPUs</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>In</source>
        <translation>수신</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>송신</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>Neighbour</source>
        <translation>인접 장비</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>근거</translation>
    </message>
    <message>
        <source>Alias</source>
        <translation>포트 설명</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>off by hand</source>
        <translation>수동 차단</translation>
    </message>
    <message>
        <source>up</source>
        <translation>정상</translation>
    </message>
    <message>
        <source>down</source>
        <translation>다운</translation>
    </message>
    <message>
        <source>{found}: {instead} is here, not as planned</source>
        <translation>{found}: {instead} 연결됨, 계획과 다름</translation>
    </message>
    <message>
        <source>planned, not found</source>
        <translation>계획에 있으나 찾지 못함</translation>
    </message>
    <message>
        <source>{found}, not in the plan</source>
        <translation>{found}, 계획에 없음</translation>
    </message>
    <message>
        <source>{found}, as planned</source>
        <translation>{found}, 계획과 일치</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>계획</translation>
    </message>
    <message>
        <source>device</source>
        <translation>장비</translation>
    </message>
    <message>
        <source>Sensor</source>
        <translation>센서</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>측정 항목</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>현재</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>임계값</translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation>센서</translation>
    </message>
    <message>
        <source>feed</source>
        <translation>급전</translation>
    </message>
    <message>
        <source>cooled by</source>
        <translation>냉각 장비</translation>
    </message>
    <message>
        <source>feeds</source>
        <translation>급전 대상</translation>
    </message>
    <message>
        <source>cools</source>
        <translation>냉각 대상</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>부하</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>인접 장비</translation>
    </message>
    <message>
        <source>Time ({zone})</source>
        <translation>시각 ({zone})</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>경과</translation>
    </message>
    <message>
        <source>What happened here</source>
        <translation>이 장비의 경과</translation>
    </message>
    <message>
        <source>units {first}–{last}</source>
        <translation>U {first}–{last}</translation>
    </message>
    <message>
        <source>unit {unit}</source>
        <translation>U {unit}</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>아직 조회 안 함</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>응답 없음</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>갱신 지연</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장비</translation>
    </message>
    <message>
        <source>No device chosen. Choose one on the map or in an alarm, or press Ctrl+K.</source>
        <translation>선택한 장비 없음. 토폴로지나 경보에서 선택하거나 Ctrl+K를 누르십시오.</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Take the acknowledgement back</source>
        <translation>확인 취소</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>토폴로지에서 보기</translation>
    </message>
    <message>
        <source>Copy facts</source>
        <translation>장비 정보 복사</translation>
    </message>
    <message>
        <source>Copy for a support case</source>
        <translation>지원 요청용으로 복사</translation>
    </message>
    <message>
        <source>Confirm the host key…</source>
        <translation>호스트 키 확인…</translation>
    </message>
    <message>
        <source>Enter the passphrase…</source>
        <translation>키 암호 입력…</translation>
    </message>
    <message>
        <source>No neighbour is planned, none was found</source>
        <translation>계획된 인접 장비 없음, 발견된 것도 없음</translation>
    </message>
    <message>
        <source>No alarm of this device is kept</source>
        <translation>이 장비의 경보 기록 없음</translation>
    </message>
    <message>
        <source>Next part</source>
        <translation>다음 영역</translation>
    </message>
    <message>
        <source>Open neighbour</source>
        <translation>인접 장비 열기</translation>
    </message>
    <message>
        <source>One alarm hangs on it: {names}.</source>
        <translation>이로 인한 경보 1건: {names}.</translation>
    </message>
    <message>
        <source>{count} alarms hang on it: {names}.</source>
        <translation>이로 인한 경보 {count}건: {names}.</translation>
    </message>
    <message>
        <source>Other GPUs with an alarm: {names}.</source>
        <translation>경보가 있는 다른 GPU: {names}.</translation>
    </message>
    <message>
        <source>The other {count} GPUs have no alarm.</source>
        <translation>나머지 GPU {count}개는 경보 없음.</translation>
    </message>
    <message>
        <source>A restart of {device} stops the work on {count} GPUs.</source>
        <translation>{device} 재시작 시 GPU {count}개의 작업이 중단됨.</translation>
    </message>
    <message>
        <source>A restart of {device} stops the work on {count} GPUs, and takes down {ports}.</source>
        <translation>{device} 재시작 시 GPU {count}개의 작업이 중단되고 {ports} 포트가 다운됨.</translation>
    </message>
</context>
<context>
    <name>discover</name>
    <message>
        <source>Discover devices</source>
        <translation>장비 탐색</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Follow neighbours of</source>
        <translation>인접 장비를 따라갈 시작 장비</translation>
    </message>
    <message>
        <source>Within</source>
        <translation>허용 범위</translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation>인증 정보</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>다른 이름으로 저장…</translation>
    </message>
    <message>
        <source>{asked} of {known} asked, {answered} answer</source>
        <translation>{known}대 중 {asked}대 조회, {answered}대 응답</translation>
    </message>
    <message>
        <source>{devices} devices, {links} links</source>
        <translation>장비 {devices}대, 링크 {links}개</translation>
    </message>
    <message>
        <source>Cancelled: {devices} devices, {links} links</source>
        <translation>취소됨: 장비 {devices}대, 링크 {links}개</translation>
    </message>
    <message>
        <source>new</source>
        <translation>신규</translation>
    </message>
    <message>
        <source>Written: {file}. Review it before you use it</source>
        <translation>저장됨: {file}. 사용하기 전에 검토하십시오</translation>
    </message>
    <message>
        <source>{file} is there already: choose another name</source>
        <translation>{file} 파일이 이미 있음: 다른 이름을 선택하십시오</translation>
    </message>
    <message>
        <source>{file} cannot be written</source>
        <translation>{file} 파일을 쓸 수 없음</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>장비 종류</translation>
    </message>
    <message>
        <source>Credential</source>
        <translation>인증 정보</translation>
    </message>
    <message>
        <source>In the inventory</source>
        <translation>자산 등록</translation>
    </message>
</context>
<context>
    <name>ends</name>
    <message>
        <source>14:40, 11-25 14:40, 90m</source>
        <translation>14:40, 11-25 14:40, 90m</translation>
    </message>
    <message>
        <source>End</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>A reason is needed</source>
        <translation>사유가 필요합니다</translation>
    </message>
    <message>
        <source>No time to come: 14:40, 11-25 14:40 or 90m</source>
        <translation>앞으로의 시각이 아님: 14:40, 11-25 14:40 또는 90m</translation>
    </message>
    <message>
        <source>no end</source>
        <translation>종료 없음</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours}시간</translation>
    </message>
    <message>
        <source>until tomorrow&apos;s shift</source>
        <translation>내일 근무까지</translation>
    </message>
    <message>
        <source>own time…</source>
        <translation>직접 입력…</translation>
    </message>
</context>
<context>
    <name>frame</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>A part of the window failed ({error}). The log says more</source>
        <translation>창의 일부가 실패함 ({error}). 자세한 내용은 로그 참조</translation>
    </message>
    <message>
        <source>Worst call</source>
        <translation>가장 심각한 호출</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>{count} symptoms folded</source>
        <translation>파생 {count}건 묶음</translation>
    </message>
    <message>
        <source>nobody has it yet</source>
        <translation>담당자 없음</translation>
    </message>
    <message>
        <source>given to {who}</source>
        <translation>{who} 담당</translation>
    </message>
    <message>
        <source>+{count} more calls</source>
        <translation>호출 {count}건 더</translation>
    </message>
    <message>
        <source>Go to a device, place, alarm or view</source>
        <translation>장비, 장소, 경보 또는 화면으로 이동</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>아직 읽은 것이 없음</translation>
    </message>
    <message>
        <source>Last change {time}</source>
        <translation>마지막 변경 {time}</translation>
    </message>
    <message>
        <source>stored {time}</source>
        <translation>저장 {time}</translation>
    </message>
    <message>
        <source>{count} devices</source>
        <translation>장비 {count}대</translation>
    </message>
    <message>
        <source>Nothing needs you</source>
        <translation>처리할 경보 없음</translation>
    </message>
    <message>
        <source>View: {title}</source>
        <translation>화면: {title}</translation>
    </message>
    <message>
        <source>Site: {title}</source>
        <translation>사이트: {title}</translation>
    </message>
    <message>
        <source>All sites</source>
        <translation>전체 사이트</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Whole window, or back (Shift+F11)</source>
        <translation>창 전체 또는 되돌리기 (Shift+F11)</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Show one site only</source>
        <translation>한 사이트만 표시</translation>
    </message>
    <message>
        <source>{count} new</source>
        <translation>{count} 신규</translation>
    </message>
    <message>
        <source>{severity}: {count} open, {new} not acknowledged</source>
        <translation>{severity}: 미해결 {count}건, 미확인 {new}건</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>묶음</translation>
    </message>
    <message>
        <source>shelved</source>
        <translation>보류</translation>
    </message>
    <message>
        <source>maint.</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>{count} folded</source>
        <translation>{count} 묶음</translation>
    </message>
    <message>
        <source>Symptoms that hang off another alarm and do not call</source>
        <translation>다른 경보에서 파생되어 호출하지 않는 경보</translation>
    </message>
    <message>
        <source>{count} shelved</source>
        <translation>{count} 보류</translation>
    </message>
    <message>
        <source>Alarms that a person made silent, each with its end</source>
        <translation>사람이 보류한 경보, 각각 종료 시각 있음</translation>
    </message>
    <message>
        <source>{count} in maintenance</source>
        <translation>{count} 작업 중</translation>
    </message>
    <message>
        <source>Maintenance windows that run now: {count}</source>
        <translation>진행 중인 작업: {count}</translation>
    </message>
    <message>
        <source>Calls in 10 min</source>
        <translation>10분 호출</translation>
    </message>
    <message>
        <source>FLOOD</source>
        <translation>경보 폭주</translation>
    </message>
    <message>
        <source>{count} calls in the last 10 minutes</source>
        <translation>최근 10분간 호출 {count}건</translation>
    </message>
    <message>
        <source>1 is right, 2 is the most that is manageable, above 10 is a flood</source>
        <translation>1건이 적정, 2건이 감당 한계, 10건 초과는 경보 폭주</translation>
    </message>
    <message>
        <source>Go to a device, place or alarm</source>
        <translation>장비, 장소 또는 경보로 이동</translation>
    </message>
    <message>
        <source>Acting as {who}</source>
        <translation>{who} 이름으로 작업 중</translation>
    </message>
    <message>
        <source>Collectors {count}</source>
        <translation>수집기 {count}</translation>
    </message>
    <message>
        <source>{collector} silent {duration}</source>
        <translation>{collector} 무응답 {duration}</translation>
    </message>
    <message>
        <source>nothing asked yet</source>
        <translation>아직 조회 없음</translation>
    </message>
    <message>
        <source>{share} answer · {late} late</source>
        <translation>{share} 응답 · {late} 지연</translation>
    </message>
    <message>
        <source>{n} of {m} devices answer</source>
        <translation>장비 {m}대 중 {n}대 응답</translation>
    </message>
    <message>
        <source>{collector}: {devices} devices, {polls} polls, {failed} failed, {late} late, {behind} behind</source>
        <translation>{collector}: 장비 {devices}대, 수집 {polls}회, 실패 {failed}, 지연 {late}, {behind} 뒤처짐</translation>
    </message>
    <message>
        <source>{collector}: {received} received on port {port}, {refused} refused, {malformed} malformed</source>
        <translation>{collector}: 포트 {port}에서 {received}개 수신, {refused}개 거부, {malformed}개 형식 오류</translation>
    </message>
    <message>
        <source>No profile describes</source>
        <translation>프로파일에 설명 없음</translation>
    </message>
    <message>
        <source>From unknown addresses</source>
        <translation>알 수 없는 주소에서</translation>
    </message>
    <message>
        <source>Last two hours</source>
        <translation>최근 두 시간</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>호출</translation>
    </message>
    <message>
        <source>open</source>
        <translation>미해결</translation>
    </message>
    <message>
        <source>people</source>
        <translation>작업자</translation>
    </message>
    <message>
        <source>No calls in the last two hours</source>
        <translation>최근 두 시간 동안 호출 없음</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>You see now</source>
        <translation>현재를 보는 중</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>실행 취소 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Starting: what is stored is opened. A database of an older version is changed first, once</source>
        <translation>시작 중: 저장된 데이터를 여는 중입니다. 이전 버전의 데이터베이스는 먼저 한 번 변환됩니다</translation>
    </message>
    <message>
        <source>{count} more mistakes: noc-console check tells all</source>
        <translation>오류 {count}건 더: 전체는 noc-console check</translation>
    </message>
    <message>
        <source>Nothing is stored now: {why}. Alarms still show; acknowledgements must wait</source>
        <translation>지금 저장되지 않음: {why}. 경보는 계속 표시되나 확인은 기다려야 함</translation>
    </message>
    <message>
        <source>Alarms stored by an older version are made ready to be searched, the newest first: {share} %</source>
        <translation>이전 버전이 저장한 알람을 검색할 수 있도록 최신 순으로 준비하는 중: {share} %</translation>
    </message>
    <message>
        <source>Choose a device first</source>
        <translation>먼저 장비를 선택하십시오</translation>
    </message>
    <message>
        <source>{device} is being asked</source>
        <translation>{device} 조회 중</translation>
    </message>
    <message>
        <source>Shelf ends in {duration}, then it calls again: {where}</source>
        <translation>{duration} 후 보류 종료, 다시 호출됨: {where}</translation>
    </message>
</context>
<context>
    <name>language</name>
    <message>
        <source>{language} is not translated yet: texts are English, numbers and dates follow {language}</source>
        <translation>{language}은(는) 아직 번역되지 않음: 텍스트는 영어, 숫자와 날짜는 {language} 형식</translation>
    </message>
    <message>
        <source>{language}: {done} of {all} texts are translated, the others are English</source>
        <translation>{language}: 전체 {all}개 중 {done}개 번역됨, 나머지는 영어</translation>
    </message>
</context>
<context>
    <name>maintenance</name>
    <message>
        <source>device, rack, site or label=value, divided by commas</source>
        <translation>장비, 랙, 사이트 또는 라벨=값, 쉼표로 구분</translation>
    </message>
    <message>
        <source>now, 22:00, 11-25 22:00</source>
        <translation>지금, 22:00, 11-25 22:00</translation>
    </message>
    <message>
        <source>02:00, 11-26 02:00, 4h; empty = until ended</source>
        <translation>02:00, 11-26 02:00, 4h; 비우면 종료할 때까지</translation>
    </message>
    <message>
        <source>what the others see (may be empty)</source>
        <translation>다른 사람이 보는 이름 (생략 가능)</translation>
    </message>
    <message>
        <source>why (needed)</source>
        <translation>사유 (필수)</translation>
    </message>
    <message>
        <source>Plan it  ↵</source>
        <translation>등록  ↵</translation>
    </message>
    <message>
        <source>Maintenance windows</source>
        <translation>작업 목록</translation>
    </message>
    <message>
        <source>End it now  (Del)</source>
        <translation>지금 종료  (Del)</translation>
    </message>
    <message>
        <source>What</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>From</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>To</source>
        <translation>끝</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Each</source>
        <translation>매주</translation>
    </message>
    <message>
        <source>Maintenance windows: {count}</source>
        <translation>작업: {count}</translation>
    </message>
    <message>
        <source>Times are those of {zone} ({offset}), now {clock}</source>
        <translation>{zone} 시각 ({offset}), 현재 {clock}</translation>
    </message>
    <message>
        <source>Not known: {names}</source>
        <translation>알 수 없음: {names}</translation>
    </message>
    <message>
        <source>Say what is worked on: a device, rack, site or label=value</source>
        <translation>대상을 입력하십시오: 장비, 랙, 사이트 또는 라벨=값</translation>
    </message>
    <message>
        <source>A reason is needed</source>
        <translation>사유가 필요합니다</translation>
    </message>
    <message>
        <source>now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>The begin is no time to come: 22:00, 11-25 22:00, 30m</source>
        <translation>시작이 앞으로의 시각이 아님: 22:00, 11-25 22:00, 30m</translation>
    </message>
    <message>
        <source>The end is no time after the begin: 02:00, 11-26 02:00, 4h</source>
        <translation>끝이 시작 이후가 아님: 02:00, 11-26 02:00, 4h</translation>
    </message>
    <message>
        <source>A window that recurs has clock times: 22:00 to 02:00</source>
        <translation>반복 작업은 시각이 필요합니다: 22:00~02:00</translation>
    </message>
    <message>
        <source>rack {name}</source>
        <translation>랙 {name}</translation>
    </message>
    <message>
        <source>site {name}</source>
        <translation>사이트 {name}</translation>
    </message>
    <message>
        <source>label {name}</source>
        <translation>라벨 {name}</translation>
    </message>
    <message>
        <source>{days} {begun} to {ends} ({zone})</source>
        <translation>{days} {begun}~{ends} ({zone})</translation>
    </message>
    <message>
        <source>since {begun}, until it is ended ({zone})</source>
        <translation>{begun}부터 종료할 때까지 ({zone})</translation>
    </message>
    <message>
        <source>{begun} to {ends} ({zone})</source>
        <translation>{begun}~{ends} ({zone})</translation>
    </message>
    <message>
        <source>running</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>종료됨</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>예정</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>월</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>화</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>수</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>목</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>금</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>토</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>일</translation>
    </message>
</context>
<context>
    <name>map</name>
    <message>
        <source>Devices by place</source>
        <translation>장소별 장비</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장비</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>core</source>
        <translation>코어</translation>
    </message>
    <message>
        <source>spine</source>
        <translation>스파인</translation>
    </message>
    <message>
        <source>leaf</source>
        <translation>리프</translation>
    </message>
    <message>
        <source>router</source>
        <translation>라우터</translation>
    </message>
    <message>
        <source>access</source>
        <translation>액세스</translation>
    </message>
    <message>
        <source>OLT</source>
        <translation>OLT</translation>
    </message>
    <message>
        <source>cell sites</source>
        <translation>기지국</translation>
    </message>
    <message>
        <source>servers</source>
        <translation>서버</translation>
    </message>
    <message>
        <source>storage</source>
        <translation>스토리지</translation>
    </message>
    <message>
        <source>power</source>
        <translation>전원</translation>
    </message>
    <message>
        <source>UPS</source>
        <translation>UPS</translation>
    </message>
    <message>
        <source>cooling</source>
        <translation>냉각</translation>
    </message>
    <message>
        <source>Name, address, serial</source>
        <translation>이름, 주소, 일련번호</translation>
    </message>
    <message>
        <source>Search the map</source>
        <translation>토폴로지 검색</translation>
    </message>
    <message>
        <source>{count} of {all}. Enter goes to the next</source>
        <translation>{all}건 중 {count}건. Enter로 다음</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>토폴로지</translation>
    </message>
    <message>
        <source>Map of the devices. V shows it as a list</source>
        <translation>장비 토폴로지. V로 목록 보기</translation>
    </message>
    <message>
        <source>Place by hand</source>
        <translation>직접 배치</translation>
    </message>
    <message>
        <source>As a list</source>
        <translation>목록으로</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>Arrange anew, forget places</source>
        <translation>다시 배치 (위치 초기화)</translation>
    </message>
    <message>
        <source>row {name}</source>
        <translation>{name}열</translation>
    </message>
    <message>
        <source>No site</source>
        <translation>사이트 없음</translation>
    </message>
    <message>
        <source>No devices: the inventory is empty.</source>
        <translation>장비 없음: 자산 목록이 비어 있음.</translation>
    </message>
    <message>
        <source>Nothing has been read yet</source>
        <translation>아직 읽은 것이 없음</translation>
    </message>
    <message>
        <source>Drag devices, or move the chosen one with the arrows. E ends it.</source>
        <translation>장비를 끌거나 선택한 장비를 화살표로 이동. E로 끝냄.</translation>
    </message>
    <message>
        <source>Move device</source>
        <translation>장비 이동</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>이동</translation>
    </message>
    <message>
        <source>Zoom, fit</source>
        <translation>확대, 맞춤</translation>
    </message>
    <message>
        <source>Next alarm</source>
        <translation>다음 경보</translation>
    </message>
    <message>
        <source>Along a link</source>
        <translation>링크 따라가기</translation>
    </message>
    <message>
        <source>Open device</source>
        <translation>장비 열기</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>{count} devices, {alarmed} with an alarm</source>
        <translation>장비 {count}대, 경보 {alarmed}대</translation>
    </message>
    <message>
        <source>inlet °C</source>
        <translation>흡기 °C</translation>
    </message>
    <message>
        <source>link load</source>
        <translation>링크 사용률</translation>
    </message>
    <message>
        <source>not found as planned</source>
        <translation>계획대로 발견되지 않음</translation>
    </message>
    <message>
        <source>not in the plan</source>
        <translation>계획에 없음</translation>
    </message>
</context>
<context>
    <name>passphrase</name>
    <message>
        <source>Passphrase of the key for {device}</source>
        <translation>{device} 키의 암호</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>키 암호</translation>
    </message>
    <message>
        <source>Keep it in the keyring; otherwise until the console ends</source>
        <translation>키링에 보관 (선택하지 않으면 콘솔 종료 시까지만)</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>사용</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Trying it on the key…</source>
        <translation>키에 적용해 보는 중…</translation>
    </message>
    <message>
        <source>It does not open the key</source>
        <translation>이 암호로 키가 열리지 않음</translation>
    </message>
    <message>
        <source>It is used until the console ends: there is no keyring that keeps it</source>
        <translation>콘솔 종료 시까지 사용: 보관할 키링이 없음</translation>
    </message>
</context>
<context>
    <name>scenario</name>
    <message>
        <source>Demo: begin {name}</source>
        <translation>데모: {name} 시작</translation>
    </message>
    <message>
        <source>Demo: repair</source>
        <translation>데모: 복구</translation>
    </message>
    <message>
        <source>Demo: {name} begins soon</source>
        <translation>데모: {name} 곧 시작</translation>
    </message>
    <message>
        <source>Demo: {name} since {time}. It is a simulated fault</source>
        <translation>데모: {time}부터 {name}. 모의 장애임</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>복구</translation>
    </message>
</context>
<context>
    <name>state</name>
    <message>
        <source>{collector} has been silent since {time}. {count} devices are not watched.</source>
        <translation>{collector}: {time}부터 무응답. 장비 {count}대 감시 중단.</translation>
    </message>
</context>
<context>
    <name>support</name>
    <message>
        <source>Device</source>
        <translation>장비</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>부품</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>작성</translation>
    </message>
    <message>
        <source>  {count} times, last {time}</source>
        <translation>  {count}회, 마지막 {time}</translation>
    </message>
    <message>
        <source>  This part reported {count} before, last Xid {xid}</source>
        <translation>  이 부품의 이전 보고 {count}건, 마지막 Xid {xid}</translation>
    </message>
</context>
<context>
    <name>thermal</name>
    <message>
        <source>GPUs of all servers</source>
        <translation>모든 서버의 GPU</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>데이터 없음</translation>
    </message>
    <message>
        <source>row {row}</source>
        <translation>{row}열</translation>
    </message>
    <message>
        <source>cooled by {name}</source>
        <translation>{name}에서 냉각</translation>
    </message>
    <message>
        <source>Inlet °C</source>
        <translation>흡기 °C</translation>
    </message>
    <message>
        <source>GPU °C</source>
        <translation>GPU °C</translation>
    </message>
    <message>
        <source>Cooler fans, rpm</source>
        <translation>항온항습기 팬, rpm</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>주의</translation>
    </message>
    <message>
        <source>minor</source>
        <translation>경미</translation>
    </message>
    <message>
        <source>major</source>
        <translation>중대</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>심각</translation>
    </message>
    <message>
        <source>No inlet temperature is known yet.</source>
        <translation>아직 흡기 온도를 모름.</translation>
    </message>
    <message>
        <source>No GPU is over its limit.</source>
        <translation>임계값을 넘은 GPU 없음.</translation>
    </message>
    <message>
        <source>Row {name} of {room}</source>
        <translation>{room} {name}열</translation>
    </message>
    <message>
        <source>Row {name}</source>
        <translation>{name}열</translation>
    </message>
    <message>
        <source>Rack {name}</source>
        <translation>랙 {name}</translation>
    </message>
    <message>
        <source>{group} warms</source>
        <translation>{group} 온도 상승</translation>
    </message>
    <message>
        <source>{group} warms as one</source>
        <translation>{group} 전체가 함께 상승</translation>
    </message>
    <message>
        <source>Its cooler {cooler}: {what}</source>
        <translation>항온항습기 {cooler}: {what}</translation>
    </message>
    <message>
        <source>Its inlet rises {rate} °C per min.</source>
        <translation>흡기가 분당 {rate} °C 상승.</translation>
    </message>
    <message>
        <source>{rising} of {all} inlets rise, {rate} °C per min.</source>
        <translation>흡기 {all}곳 중 {rising}곳 상승, 분당 {rate} °C.</translation>
    </message>
    <message>
        <source>Also warming: {names}.</source>
        <translation>함께 상승 중: {names}.</translation>
    </message>
    <message>
        <source>{inlets} inlets and {gpus} GPUs are over a limit.</source>
        <translation>흡기 {inlets}곳과 GPU {gpus}개 임계값 초과.</translation>
    </message>
    <message>
        <source>{inlets} of {all} inlets are over a limit.</source>
        <translation>흡기 {all}곳 중 {inlets}곳 임계값 초과.</translation>
    </message>
    <message>
        <source>{gpus} GPUs are over a limit.</source>
        <translation>GPU {gpus}개 임계값 초과.</translation>
    </message>
    <message>
        <source>Warmest: {names}.</source>
        <translation>최고 온도: {names}.</translation>
    </message>
    <message>
        <source>Inlets between {low} and {high} °C.</source>
        <translation>흡기 {low}~{high} °C.</translation>
    </message>
    <message>
        <source>No inlet has a fresh value.</source>
        <translation>최신 흡기 값 없음.</translation>
    </message>
    <message>
        <source>All {count} inlets between {low} and {high} °C.</source>
        <translation>흡기 {count}곳 모두 {low}~{high} °C.</translation>
    </message>
    <message>
        <source>{count} inlets have no fresh value.</source>
        <translation>흡기 {count}곳은 최신 값 없음.</translation>
    </message>
    <message>
        <source>Thermal</source>
        <translation>온도</translation>
    </message>
    <message>
        <source>30 min</source>
        <translation>30분</translation>
    </message>
    <message>
        <source>2 h</source>
        <translation>2시간</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24시간</translation>
    </message>
    <message>
        <source>Shorter range</source>
        <translation>범위 줄이기</translation>
    </message>
    <message>
        <source>Longer range</source>
        <translation>범위 늘리기</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>온도</translation>
    </message>
    <message>
        <source>power</source>
        <translation>소비 전력</translation>
    </message>
    <message>
        <source>utilisation</source>
        <translation>사용률</translation>
    </message>
    <message>
        <source>Heat map by the next measure</source>
        <translation>다음 측정값으로 히트맵</translation>
    </message>
    <message>
        <source>{site} · row {row}</source>
        <translation>{site} · {row}열</translation>
    </message>
    <message>
        <source>GPU {unit} · {count} servers</source>
        <translation>GPU {unit} · 서버 {count}대</translation>
    </message>
    <message>
        <source>{name} · times in {zone}</source>
        <translation>{name} · {zone} 시각</translation>
    </message>
    <message>
        <source>Cursor</source>
        <translation>커서</translation>
    </message>
    <message>
        <source>Cell</source>
        <translation>셀</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>범위</translation>
    </message>
    <message>
        <source>Heat by</source>
        <translation>히트맵 기준</translation>
    </message>
    <message>
        <source>Open device</source>
        <translation>장비 열기</translation>
    </message>
    <message>
        <source>{name} · reading…</source>
        <translation>{name} · 읽는 중…</translation>
    </message>
    <message>
        <source>older values could not be read: {why}</source>
        <translation>이전 값을 읽을 수 없음: {why}</translation>
    </message>
</context>
<context>
    <name>timeline</name>
    <message>
        <source>People</source>
        <translation>작업자</translation>
    </message>
    <message>
        <source>Nobody did anything in this range</source>
        <translation>이 범위에서 작업한 사람 없음</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>타임라인</translation>
    </message>
    <message>
        <source>Alarms over time</source>
        <translation>시간별 경보</translation>
    </message>
    <message>
        <source>Filter: name, text, owner</source>
        <translation>필터: 이름, 내용, 담당자</translation>
    </message>
    <message>
        <source>Filter of the timeline</source>
        <translation>타임라인 필터</translation>
    </message>
    <message>
        <source>30 min</source>
        <translation>30분</translation>
    </message>
    <message>
        <source>2 h</source>
        <translation>2시간</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24시간</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7일</translation>
    </message>
    <message>
        <source>Shorter range</source>
        <translation>범위 줄이기</translation>
    </message>
    <message>
        <source>Longer range</source>
        <translation>범위 늘리기</translation>
    </message>
    <message>
        <source>{time}: {count} stood, {calls} of them call</source>
        <translation>{time}: 미해결 {count}건, 그중 호출 {calls}건</translation>
    </message>
    <message>
        <source>The past could not be read: {why}</source>
        <translation>과거 기록을 읽을 수 없음: {why}</translation>
    </message>
    <message>
        <source>{count} hidden by the filter</source>
        <translation>필터로 {count}건 숨김</translation>
    </message>
    <message>
        <source>No alarm in this range.</source>
        <translation>이 범위에 경보 없음.</translation>
    </message>
    <message>
        <source>No alarm in this range. The last was {time} ({where}).</source>
        <translation>이 범위에 경보 없음. 마지막은 {time} ({where}).</translation>
    </message>
    <message>
        <source>now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>Cursor</source>
        <translation>커서</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>이동</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>경보</translation>
    </message>
    <message>
        <source>Zoom, now</source>
        <translation>확대, 지금</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>범위</translation>
    </message>
    <message>
        <source>Open device</source>
        <translation>장비 열기</translation>
    </message>
    <message>
        <source>{range}, {count} alarms</source>
        <translation>{range}, 경보 {count}건</translation>
    </message>
    <message>
        <source> · reading…</source>
        <translation> · 읽는 중…</translation>
    </message>
</context>
<context>
    <name>trust</name>
    <message>
        <source>Confirm who {device} is</source>
        <translation>{device} 신원 확인</translation>
    </message>
    <message>
        <source>At the server&apos;s own console, or from whoever installed it:</source>
        <translation>서버 자체 콘솔에서, 또는 설치한 사람에게서:</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>지문</translation>
    </message>
    <message>
        <source>The key that was confirmed before is no longer this server&apos;s</source>
        <translation>이전에 확인한 키는 더 이상 이 서버의 것이 아님</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>파일에서…</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>A file with fingerprints or public keys</source>
        <translation>지문 또는 공개 키 파일</translation>
    </message>
    <message>
        <source>Asking {device}…</source>
        <translation>{device} 조회 중…</translation>
    </message>
    <message>
        <source>This holds no fingerprint and no public key</source>
        <translation>지문도 공개 키도 없음</translation>
    </message>
    <message>
        <source>The server shows another key. Nothing was stored: find out why first</source>
        <translation>서버가 다른 키를 제시함. 저장하지 않음: 먼저 원인을 확인하십시오</translation>
    </message>
    <message>
        <source>Another key is stored for it. Nothing was changed</source>
        <translation>다른 키가 저장되어 있음. 변경하지 않음</translation>
    </message>
    <message>
        <source>The file of confirmed keys cannot be written</source>
        <translation>확인된 키 파일을 쓸 수 없음</translation>
    </message>
    <message>
        <source>It is not asked over SSH</source>
        <translation>SSH로 조회하지 않는 장비</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>s</source>
        <translation>초</translation>
    </message>
    <message>
        <source>min</source>
        <translation>분</translation>
    </message>
    <message>
        <source>h</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>d</source>
        <translation>일</translation>
    </message>
    <message>
        <source>{duration} ago</source>
        <translation>{duration} 전</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>심각</translation>
    </message>
    <message>
        <source>major</source>
        <translation>중대</translation>
    </message>
    <message>
        <source>minor</source>
        <translation>경미</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>주의</translation>
    </message>
    <message>
        <source>indeterminate</source>
        <translation>미정</translation>
    </message>
    <message>
        <source>core switch</source>
        <translation>코어 스위치</translation>
    </message>
    <message>
        <source>spine</source>
        <translation>스파인</translation>
    </message>
    <message>
        <source>leaf</source>
        <translation>리프</translation>
    </message>
    <message>
        <source>access switch</source>
        <translation>액세스 스위치</translation>
    </message>
    <message>
        <source>router</source>
        <translation>라우터</translation>
    </message>
    <message>
        <source>GPU server</source>
        <translation>GPU 서버</translation>
    </message>
    <message>
        <source>server</source>
        <translation>서버</translation>
    </message>
    <message>
        <source>storage</source>
        <translation>스토리지</translation>
    </message>
    <message>
        <source>PDU</source>
        <translation>PDU</translation>
    </message>
    <message>
        <source>UPS</source>
        <translation>UPS</translation>
    </message>
    <message>
        <source>cooler</source>
        <translation>항온항습기</translation>
    </message>
    <message>
        <source>sensor</source>
        <translation>센서</translation>
    </message>
    <message>
        <source>cell site</source>
        <translation>기지국</translation>
    </message>
    <message>
        <source>OLT</source>
        <translation>OLT</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>온도</translation>
    </message>
    <message>
        <source>memory temperature</source>
        <translation>메모리 온도</translation>
    </message>
    <message>
        <source>margin to slowdown</source>
        <translation>스로틀링 여유</translation>
    </message>
    <message>
        <source>power</source>
        <translation>소비 전력</translation>
    </message>
    <message>
        <source>power limit</source>
        <translation>전력 제한</translation>
    </message>
    <message>
        <source>utilisation</source>
        <translation>사용률</translation>
    </message>
    <message>
        <source>CPU utilisation</source>
        <translation>CPU 사용률</translation>
    </message>
    <message>
        <source>memory used</source>
        <translation>메모리 사용량</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>fan</source>
        <translation>팬</translation>
    </message>
    <message>
        <source>clock</source>
        <translation>클럭</translation>
    </message>
    <message>
        <source>memory clock</source>
        <translation>메모리 클럭</translation>
    </message>
    <message>
        <source>humidity</source>
        <translation>습도</translation>
    </message>
    <message>
        <source>voltage</source>
        <translation>전압</translation>
    </message>
    <message>
        <source>current</source>
        <translation>전류</translation>
    </message>
    <message>
        <source>load</source>
        <translation>부하</translation>
    </message>
    <message>
        <source>charge</source>
        <translation>충전량</translation>
    </message>
    <message>
        <source>up for</source>
        <translation>가동 시간</translation>
    </message>
    <message>
        <source>status</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>state</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>응답 없음</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>시간 내 응답 없음</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>연결 거부</translation>
    </message>
    <message>
        <source>the credential is refused</source>
        <translation>인증 정보가 거부됨</translation>
    </message>
    <message>
        <source>the device does not know this user</source>
        <translation>장비가 이 사용자를 모름</translation>
    </message>
    <message>
        <source>the answer cannot be read</source>
        <translation>응답을 읽을 수 없음</translation>
    </message>
    <message>
        <source>the answer is cut off</source>
        <translation>응답이 잘림</translation>
    </message>
    <message>
        <source>the SSH host key has changed</source>
        <translation>SSH 호스트 키가 변경됨</translation>
    </message>
    <message>
        <source>the SSH host key is not known yet</source>
        <translation>SSH 호스트 키를 아직 모름</translation>
    </message>
    <message>
        <source>the secret is missing</source>
        <translation>비밀값 없음</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>디스크 부족</translation>
    </message>
    <message>
        <source>the store does not answer</source>
        <translation>저장소 응답 없음</translation>
    </message>
    <message>
        <source>the alarm is no longer there</source>
        <translation>해당 경보가 더 이상 없음</translation>
    </message>
    <message>
        <source>the console has not started yet</source>
        <translation>콘솔이 아직 시작되지 않음</translation>
    </message>
    <message>
        <source>the console itself failed at it; its log says where</source>
        <translation>콘솔 자체 오류, 로그 참조</translation>
    </message>
    <message>
        <source>the server refuses the key</source>
        <translation>서버가 키를 거부함</translation>
    </message>
    <message>
        <source>the server takes no keys</source>
        <translation>서버가 키를 받지 않음</translation>
    </message>
    <message>
        <source>the server refuses the password</source>
        <translation>서버가 비밀번호를 거부함</translation>
    </message>
    <message>
        <source>the server takes no passwords</source>
        <translation>서버가 비밀번호를 받지 않음</translation>
    </message>
    <message>
        <source>the connection broke off</source>
        <translation>연결 끊김</translation>
    </message>
    <message>
        <source>it took too long</source>
        <translation>시간 초과</translation>
    </message>
    <message>
        <source>SSH could not be agreed on</source>
        <translation>SSH 협상 실패</translation>
    </message>
    <message>
        <source>the jump host refuses the way on</source>
        <translation>점프 호스트가 연결 거부</translation>
    </message>
    <message>
        <source>too many jump hosts</source>
        <translation>점프 호스트가 너무 많음</translation>
    </message>
    <message>
        <source>the name has no address</source>
        <translation>이름의 주소를 찾을 수 없음</translation>
    </message>
    <message>
        <source>there is no way to it</source>
        <translation>경로 없음</translation>
    </message>
    <message>
        <source>no SSH server answers there</source>
        <translation>SSH 서버 응답 없음</translation>
    </message>
    <message>
        <source>no SSH algorithm that both accept</source>
        <translation>공통 SSH 알고리즘 없음</translation>
    </message>
    <message>
        <source>it opens no further channel</source>
        <translation>채널을 더 열 수 없음</translation>
    </message>
    <message>
        <source>the account may not see this</source>
        <translation>계정에 조회 권한 없음</translation>
    </message>
    <message>
        <source>the device reports an error</source>
        <translation>장비가 오류 보고</translation>
    </message>
    <message>
        <source>the device asks again and again</source>
        <translation>장비가 재요청 반복</translation>
    </message>
    <message>
        <source>the answer is too long</source>
        <translation>응답이 너무 김</translation>
    </message>
    <message>
        <source>the command before is still running</source>
        <translation>이전 명령이 아직 실행 중</translation>
    </message>
    <message>
        <source>the device does not support this security level</source>
        <translation>장비가 이 보안 수준을 지원하지 않음</translation>
    </message>
    <message>
        <source>the authentication password is wrong</source>
        <translation>인증 비밀번호 틀림</translation>
    </message>
    <message>
        <source>the privacy password is wrong</source>
        <translation>암호화 비밀번호 틀림</translation>
    </message>
    <message>
        <source>the device does not know this context</source>
        <translation>장비가 이 컨텍스트를 모름</translation>
    </message>
    <message>
        <source>the context is not available now</source>
        <translation>지금 사용할 수 없는 컨텍스트</translation>
    </message>
    <message>
        <source>the tool finds no GPU</source>
        <translation>도구가 GPU를 찾지 못함</translation>
    </message>
    <message>
        <source>the GPU driver does not answer</source>
        <translation>GPU 드라이버 응답 없음</translation>
    </message>
    <message>
        <source>it is not asked this way</source>
        <translation>이 방식으로 조회하지 않음</translation>
    </message>
    <message>
        <source>the secret cannot be used as it is</source>
        <translation>비밀값을 그대로 사용할 수 없음</translation>
    </message>
    <message>
        <source>no credential is set for it</source>
        <translation>인증 정보가 지정되지 않음</translation>
    </message>
    <message>
        <source>the password is missing</source>
        <translation>비밀번호 없음</translation>
    </message>
    <message>
        <source>the passphrase of the key is missing</source>
        <translation>키 암호 없음</translation>
    </message>
    <message>
        <source>the passphrase does not open the key</source>
        <translation>암호로 키가 열리지 않음</translation>
    </message>
    <message>
        <source>the key file is not there</source>
        <translation>키 파일 없음</translation>
    </message>
    <message>
        <source>the key file cannot be read</source>
        <translation>키 파일을 읽을 수 없음</translation>
    </message>
    <message>
        <source>the permission is missing</source>
        <translation>권한 없음</translation>
    </message>
    <message>
        <source>a reason is missing</source>
        <translation>사유 없음</translation>
    </message>
    <message>
        <source>the text is empty</source>
        <translation>내용 없음</translation>
    </message>
    <message>
        <source>an end is missing</source>
        <translation>종료 시각 없음</translation>
    </message>
    <message>
        <source>the end is in the past</source>
        <translation>종료 시각이 과거임</translation>
    </message>
    <message>
        <source>it is so already</source>
        <translation>이미 그 상태임</translation>
    </message>
    <message>
        <source>there is nothing to undo</source>
        <translation>실행 취소할 것이 없음</translation>
    </message>
    <message>
        <source>it is too late for that</source>
        <translation>너무 늦음</translation>
    </message>
    <message>
        <source>it has changed since</source>
        <translation>그 후 변경됨</translation>
    </message>
    <message>
        <source>this cannot be done to it</source>
        <translation>수행할 수 없음</translation>
    </message>
    <message>
        <source>it would stand under its own symptom</source>
        <translation>자기 파생 경보 아래가 됨</translation>
    </message>
    <message>
        <source>it cannot stand under itself</source>
        <translation>자기 자신 아래에 둘 수 없음</translation>
    </message>
    <message>
        <source>that cause is closed</source>
        <translation>그 원인은 종결됨</translation>
    </message>
    <message>
        <source>the maintenance window is no longer there</source>
        <translation>해당 작업이 없음</translation>
    </message>
    <message>
        <source>the time cannot be right</source>
        <translation>시각이 올바르지 않음</translation>
    </message>
    <message>
        <source>the end is before the begin</source>
        <translation>끝이 시작보다 앞섬</translation>
    </message>
    <message>
        <source>it covers nothing</source>
        <translation>대상 없음</translation>
    </message>
    <message>
        <source>the device is not in the inventory</source>
        <translation>자산에 없는 장비</translation>
    </message>
    <message>
        <source>the rack is not in the inventory</source>
        <translation>자산에 없는 랙</translation>
    </message>
    <message>
        <source>the site is not in the inventory</source>
        <translation>자산에 없는 사이트</translation>
    </message>
    <message>
        <source>no device has this label</source>
        <translation>이 라벨의 장비 없음</translation>
    </message>
    <message>
        <source>the time zone is not known</source>
        <translation>알 수 없는 시간대</translation>
    </message>
    <message>
        <source>days or times of the recurrence cannot be right</source>
        <translation>반복 요일 또는 시각이 올바르지 않음</translation>
    </message>
    <message>
        <source>raised</source>
        <translation>발생</translation>
    </message>
    <message>
        <source>severity changed</source>
        <translation>등급 변경</translation>
    </message>
    <message>
        <source>cleared</source>
        <translation>해제</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>acknowledgement taken back</source>
        <translation>확인 취소</translation>
    </message>
    <message>
        <source>commented</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>종결</translation>
    </message>
    <message>
        <source>opened again</source>
        <translation>다시 열림</translation>
    </message>
    <message>
        <source>shelved</source>
        <translation>보류</translation>
    </message>
    <message>
        <source>shelf ends soon</source>
        <translation>보류 곧 종료</translation>
    </message>
    <message>
        <source>taken off the shelf</source>
        <translation>보류 해제</translation>
    </message>
    <message>
        <source>given to</source>
        <translation>배정</translation>
    </message>
    <message>
        <source>put under another cause</source>
        <translation>다른 원인 아래로 이동</translation>
    </message>
    <message>
        <source>put under its cause</source>
        <translation>원인 아래로 묶임</translation>
    </message>
    <message>
        <source>maintenance</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>taking back…</source>
        <translation>취소 중…</translation>
    </message>
    <message>
        <source>commenting…</source>
        <translation>메모 중…</translation>
    </message>
    <message>
        <source>closing…</source>
        <translation>종결 중…</translation>
    </message>
    <message>
        <source>shelving…</source>
        <translation>보류 중…</translation>
    </message>
    <message>
        <source>taking off the shelf…</source>
        <translation>보류 해제 중…</translation>
    </message>
    <message>
        <source>giving…</source>
        <translation>배정 중…</translation>
    </message>
    <message>
        <source>moving…</source>
        <translation>이동 중…</translation>
    </message>
    <message>
        <source>undoing…</source>
        <translation>실행 취소 중…</translation>
    </message>
    <message>
        <source>it got worse</source>
        <translation>악화됨</translation>
    </message>
    <message>
        <source>its time is over</source>
        <translation>기한 만료</translation>
    </message>
    <message>
        <source>it has cleared</source>
        <translation>해제됨</translation>
    </message>
    <message>
        <source>along with its cause</source>
        <translation>원인과 함께</translation>
    </message>
    <message>
        <source>undid: {what}</source>
        <translation>실행 취소: {what}</translation>
    </message>
    <message>
        <source>took it</source>
        <translation>담당 시작</translation>
    </message>
    <message>
        <source>gave it to {who}</source>
        <translation>{who}에게 배정</translation>
    </message>
    <message>
        <source>gave it to nobody</source>
        <translation>담당 해제</translation>
    </message>
    <message>
        <source>put it under #{number}</source>
        <translation>#{number} 아래로 이동</translation>
    </message>
    <message>
        <source>pulled it out of its cause</source>
        <translation>원인에서 분리</translation>
    </message>
    <message>
        <source>symptom of #{number}</source>
        <translation>#{number}의 증상</translation>
    </message>
    <message>
        <source>a cause of its own</source>
        <translation>독립된 원인</translation>
    </message>
    <message>
        <source>maintenance began</source>
        <translation>작업 시작</translation>
    </message>
    <message>
        <source>maintenance ended</source>
        <translation>작업 종료</translation>
    </message>
</context>
<context>
    <name>xid</name>
    <message>
        <source>Copy engine fault</source>
        <translation>복사 엔진 오류</translation>
    </message>
    <message>
        <source>GPU engine made no progress</source>
        <translation>GPU 엔진 진행 없음</translation>
    </message>
    <message>
        <source>Exception in a job&apos;s kernel</source>
        <translation>작업 커널 예외</translation>
    </message>
    <message>
        <source>Memory access of a job is not allowed (MMU fault)</source>
        <translation>작업의 잘못된 메모리 접근 (MMU 오류)</translation>
    </message>
    <message>
        <source>Broken command stream</source>
        <translation>명령 스트림 손상</translation>
    </message>
    <message>
        <source>Job stopped after a fault</source>
        <translation>오류 후 작업 중단</translation>
    </message>
    <message>
        <source>Job was ended early</source>
        <translation>작업 조기 종료</translation>
    </message>
    <message>
        <source>Video decoder fault</source>
        <translation>비디오 디코더 오류</translation>
    </message>
    <message>
        <source>Context switch did not finish</source>
        <translation>컨텍스트 전환 미완료</translation>
    </message>
    <message>
        <source>Uncorrectable memory error</source>
        <translation>정정 불가 메모리 오류</translation>
    </message>
    <message>
        <source>Bad memory row recorded: replaced at the next reset</source>
        <translation>불량 메모리 행 기록됨: 다음 리셋 때 교체</translation>
    </message>
    <message>
        <source>Bad memory row could not be recorded</source>
        <translation>불량 메모리 행 기록 실패</translation>
    </message>
    <message>
        <source>Many corrected memory errors</source>
        <translation>정정된 메모리 오류 다수</translation>
    </message>
    <message>
        <source>Uncorrectable memory error, contained: only its job dies</source>
        <translation>정정 불가 메모리 오류, 격리됨: 해당 작업만 중단</translation>
    </message>
    <message>
        <source>Uncorrectable memory error, not contained</source>
        <translation>정정 불가 메모리 오류, 격리 안 됨</translation>
    </message>
    <message>
        <source>Memory channel retired</source>
        <translation>메모리 채널 사용 중지됨</translation>
    </message>
    <message>
        <source>Memory channel could not be retired</source>
        <translation>메모리 채널 사용 중지 실패</translation>
    </message>
    <message>
        <source>Less memory after errors</source>
        <translation>오류 후 메모리 용량 감소</translation>
    </message>
    <message>
        <source>Uncorrectable error in the GPU&apos;s memory (HBM)</source>
        <translation>GPU 메모리(HBM)의 정정 불가 오류</translation>
    </message>
    <message>
        <source>Uncorrectable error in the GPU&apos;s on-chip memory</source>
        <translation>GPU 온칩 메모리의 정정 불가 오류</translation>
    </message>
    <message>
        <source>NVLink error</source>
        <translation>NVLink 오류</translation>
    </message>
    <message>
        <source>Chip-to-chip link error</source>
        <translation>칩 간 링크 오류</translation>
    </message>
    <message>
        <source>NVLink could not be trained</source>
        <translation>NVLink 트레이닝 실패</translation>
    </message>
    <message>
        <source>Remote access over NVLink is not allowed</source>
        <translation>NVLink를 통한 잘못된 원격 접근</translation>
    </message>
    <message>
        <source>PCIe does not answer</source>
        <translation>PCIe 응답 없음</translation>
    </message>
    <message>
        <source>Power controller of the GPU halted</source>
        <translation>GPU 전력 컨트롤러 정지</translation>
    </message>
    <message>
        <source>GPU does not answer in time</source>
        <translation>GPU가 제시간에 응답하지 않음</translation>
    </message>
    <message>
        <source>Power cable of the GPU is missing</source>
        <translation>GPU 전원 케이블 없음</translation>
    </message>
    <message>
        <source>GPU fell off the bus</source>
        <translation>GPU 버스 이탈</translation>
    </message>
    <message>
        <source>Security fault</source>
        <translation>보안 오류</translation>
    </message>
    <message>
        <source>GPU system processor does not answer</source>
        <translation>GPU 시스템 프로세서(GSP) 응답 없음</translation>
    </message>
    <message>
        <source>GPU system processor crashed</source>
        <translation>GPU 시스템 프로세서(GSP) 비정상 종료</translation>
    </message>
    <message>
        <source>GPU could not be initialised</source>
        <translation>GPU 초기화 실패</translation>
    </message>
    <message>
        <source>Part of the GPU retired</source>
        <translation>GPU 일부 사용 중지됨</translation>
    </message>
    <message>
        <source>Part of the GPU could not be retired</source>
        <translation>GPU 일부 사용 중지 실패</translation>
    </message>
    <message>
        <source>GPU does not answer: fatal timeout</source>
        <translation>GPU 응답 없음: 치명적 시간 초과</translation>
    </message>
    <message>
        <source>Power smoothing is worn out</source>
        <translation>전력 평활 장치 수명 다함</translation>
    </message>
    <message>
        <source>Security controller halted</source>
        <translation>보안 컨트롤러 정지</translation>
    </message>
</context>
</TS>
